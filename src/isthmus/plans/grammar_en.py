# ruff: noqa: E501 (patterns stay on one line)
"""Grammar of targets in English."""

from isthmus.plans.grammar import Grammar

_UP = r"\b(?:increas\w*|rais\w+|ris(?:e|es|ing)|grow\w*|growth|expand\w*|expansion|lift\w*|boost\w*|bring\w* up|improv\w+|up|step up|scale up|extend\w*|double\w*|doubling|triple\w*|tripling|quadrupl\w+|higher|more than|gain\w*|climb\w*|enlarg\w+|strengthen\w*|add|adding|widen\w*|accelerat\w+|lengthen\w*|prolong\w*|stretch\w*|loosen\w*|replenish\w*|top(?:s|ped|ping)? up|step(?:s|ped|ping)? up|upward|inflow|swell\w*|mount(?:s|ing)?(?= (?:to|by|from)\b|$)|surg\w+|soar\w*|spread(?:s|ing)?(?= to \d|$)|(?:taken|brought|pushed|moved|driven) up|recover(?:s|ing)?(?= to\b|$)|rebound\w*|jump(?:s|ing)?|leap\w*)\b"
_DOWN = r"\b(?:reduc\w+|cut\w*|lower(?:ed|ing|s)?|decreas\w+|declin\w+|drop\w*|fall\w*|shrink\w*|halv\w+|bring\w* down|down|slash\w*|trim\w*|shorten\w*|curb\w*|diminish\w*|less|narrow\w*|slow\w*|drive down|ease\w*|scale back|downsiz\w+|shav\w+|squeez\w+|tighten\w*|pull\w* (?:[\w-]+ ){0,4}?back|wind(?:s|ing)? (?:[\w-]+ ){0,4}?(?:down|back)|taper\w*|outflow|downward|prun\w+|slide|slides|sliding|dwindl\w+|contract(?:s|ing)?(?= (?:by|to|from)\b|$)|shed(?:s|ding)?(?= \d|$)|ebb(?:s|ed|ing)?|reced\w+|sink(?:s|ing)?|dip(?:s|ping)?|subsid(?:e|es|ing)|plung\w+|plummet\w*|slip(?:s|ping)?|retreat\w*|whittl\w+|par(?:e|ed|ing) (?:back|down))\b"
_ORD = r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|top"
_NUM = r"\d+|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty-five|twenty|thirty|forty|fifty|hundred"
_DIR_NOUN = (
    r"(?:cut|reduction|decrease|decline|drop|fall|increase|rise|growth|gain|expansion|improvement|uptick|jump|saving)s?"
)

GRAMMAR = Grammar(
    lang="en",
    masks=(
        r"https?://\S+",
        r"(?<=[.!?;,\w\s])\[\d{1,3}(?:[,–~-] ?\d{1,3})*\]|^\[\d{1,3}\]",
        r"^\s*\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[).](?!\d)\s",
        r"^\s*\d+(?:\.\d+)+\.?\s",
        r"\b(?:no\.|nos\.|number|decree|law|act|article|art\.|section|sec\.|chapter|ch\.|clause|paragraph|para\.?|annex|appendix|table|figure|fig\.|box|page|p\.|part|pillar|goal|sdg|sdgs|target|objective|priority|phase|stage|tier|volume|vol\.|resolution|directive|regulation|agenda|vision|scenario|step|action|programme|line|route|category|class|grade|horizon|scope|group of|g|level|rule|measure|chapter|pathway|item|mission|terminal|unit|block|zone|zones|chapters|articles|sections|phases|stages)(?: \((?:eu|ec|eec)\))? ?(?:no\.? ?)?\d+(?:[./]\d+)*(?:/[a-z]{2,3})?(?![\d,.]*\d| ?(?:%|percent|per cent|million|billion|thousand|gw|mw|people|years of|points))(?:(?:,| and|–| to) \d+(?! ?(?:%|percent|per cent|million|billion)))*",
        r"\(\d+ ?[–-] ?\d+ years?\)|\(\d+/\d+\)|\b\d+/\d+\b",
        r"\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?: \ue000+| \d{4})?",
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}(?!\d)(?:st|nd|rd|th)?(?:,? \d{4})?",
        r"(?<!kt )(?<!mt )(?<!gt )(?<!kt of )(?<!mt of )(?<!gt of )(?<! t )(?<!tonnes of )(?<!tons of )\b(?:pm|co|no|so|n)\s?(?:2\.5|10|2|3|x)(?:e|eq)?(?![\w.]*\d)(?!\w)",
        r"\b[2-9]g\b|\b\d[dk]\b(?![- ]?(?:jobs|people|units|students))|\bweb ?3(?:\.0)?\b|\bindustry [45]\.0\b",
        r"\b(?:iso|iec|en|gost|gb|hs|covid|ev|euro)[ -]?\d+(?:[-.:]\d+)*\b",
        r"\b(?!top\b)[a-z]{1,6}-\d+\w*\b|\b(?!r\d)[a-z]{1,3}\d+\b(?<!m2)(?<!m3)(?<!co2)|\b(?:bottom|top|poorest|richest|lowest|highest) \d+ ?(?:percent|per cent|%)",
        r"\b\d+(?:,\d{3})?(?:-|–)(?:kilomet\w+|km|met(?:re|er)|megawatt|mw|gw|gigawatt|tonne|ton|hectare|bed|seat|year|day|month|hour|week|storey|lane|point plan|nanomet\w+)s?(?:-old)?s?\b(?! (?:increase|rise|extension))",
        r"\b(?:under|over|below|aged?|ages?|children under|people over)(?: the age of)? ?(?:between )?(?:\d+(?![\d.,]*\d)|three|four|five|six|seven)(?:(?:–|-| to | and )(?:\d+|five|six|seven|eighteen))?(?:s| years?(?: of age| old)?)?(?= (?:and|in|who|with|to|will|should|must|are|have|for|by|of|is|falls?|rises?|to|at|from|reach)|s\b|[,.)]|$)(?<!%)",
        r"\b(?:over|in|within|during|for|every|each|after|throughout|across) (?:the )?(?:next |coming |last |past |first |following |about |another )?(?:\d+|two|three|four|five|six|seven|eight|ten|fifteen|twenty)(?:(?:–|-| to )\d+)?[ -](?:years?|months?|decades?)(?: period| plan)?\b",
        r"\b(?:two|three|four|five|six|seven|ten)[- ]year\b(?: plan| period| programme)?",
        r"\bone[- ](?:stop|third party|off|time|window|of(?! the (?:world|globe|region|continent|top|\w+ (?:largest|leading|most)))|country|belt|another|way|hand|by one)\b|\bone or more\b|\bno one\b|\bfirst and\b|\b(?:on|for) the one hand\b|\b(?:zero|one)-(?:carbon|emission\w*|tariff|waste|tolerance|dimensional|party)\b|\bnet[- ]zero\b|\bzero (?:carbon|tolerance|emission\w*|waste)\b",
        r"\b(?:cities|towns|municipalities|settlements|agglomerations|firms|companies|enterprises) (?:with|of|having) (?:a population of |populations? (?:of|over|above) )?(?:more than |over |above |at least |fewer than |under )?[\d,.]+ ?(?:million|thousand|k)?(?: (?:people|inhabitants|residents|employees|or more employees))?",
        r"\b(?:children|infants|babies|pupils|girls|boys) (?:aged )?(?:under|below|over|above) (?:the age of )?(?:one|two|three|four|five|six|seven|eight|ten|twelve|\d{1,2})\b(?! ?(?:%|percent|per cent|million|thousand))(?: years?(?: of age| old)?)?",
        r"\b(?:persons|people|children|adults|those|women|men|girls|boys|citizens|residents|youth|patients) (?:aged )?(?:over|under|above|below|younger than|older than) \d+(?! ?(?:%|percent|per cent|million|thousand)|[\d,.]*\d)",
        r"(?<!g)/ ?(?:m|km)[23]\b|\b(?:first|second|third|fourth) quarter\b(?! of the)|24/7|\b\d+ ?[x×] ?\d+\b|\b1:\d{2,}(?:[, ]\d{3})*|\b\d+ (?:pages|words)\b",
    ),
    ratios=(
        (
            r"(?:(?:in|out of) every (?!(?:100|10|5|ten|five) )|for every )(?P<n>hundred|thousand|[\d,]+|ten thousand)(?: [a-z]+)?",
            1.0,
        ),
        (
            r"per (?P<n>\d{1,3}(?: \d{3})+|[\d,]+(?: thousand| million)?|thousand|million|hundred thousand|ten thousand|hundred|10k|100k|1k)(?:,?000)? ?(?:people|persons|inhabitants|residents|population|live births|births|employees|workers|women|children|adults|households|manufacturing workers|students|vehicles)?(?: (?:of the )?(?:population|employed|workers))?",
            1.0,
        ),
        (
            r"per (?:capita|person|head|worker|employee|woman|household|inhabitant|hour worked|unit of gdp|unit gdp|vehicle)",
            1.0,
        ),
    ),
    bounds_before=(
        (
            r"(?:at least|no less than|not less than|no fewer than|not fewer than|a minimum(?: of)?|minimum(?: of)?|no lower than|not (?:fall |drop |go |be )?below|not lower than|≥|>=|at a minimum|no under|not under|not worse than|no worse than|min\.?|a floor of|not dip below|at or above)$",
            ">=",
        ),
        (
            r"(?:at or below|at or under|at most|no more than|not more than|no higher than|not higher than|within|(?<!taken )(?<!brought )(?<!pushed )(?<!moved )(?<!driven )(?<!goes )(?<!go )(?<!going )up to|(?:not|never)(?: again)? (?:to )?exceed(?:ing)?|not (?:go |rise |climb |be )?above|a maximum(?: of)?|maximum(?: of)?|at least as low as|as low as|capped at|cap(?:ping)?(?: \w+){0,6} at|limit(?:ed|ing)? to|limit(?: \w+){1,6} to|≤|<=|no greater than|not over|a ceiling of|no longer than|not surpass|keep(?: \w+){1,8} to)$",
            "<=",
        ),
        (
            r"(?:more than|over|above|exceed(?:s|ing)?|surpass(?:es|ing)?|greater than|upwards of|in excess of|higher than|top(?:s|ping)?|better than|beyond|well over|>|longer than|pass(?:es|ing)?)$",
            ">",
        ),
        (r"(?:less than|below|under|fewer than|lower than|<|shorter than|short of|well below|well under)$", "<"),
        (
            r"(?:around|about|roughly|approximately|some|nearly|close to|almost|circa|~|≈|in the region of|or so|an estimated|approx\.?|just over|just under|on the order of|near|c\.)$",
            "~",
        ),
    ),
    bounds_after=(
        (r"^,? ?(?:at (?:the (?:very )?)?(?:least|minimum)|as a minimum)\b", ">="),
        (r"^,? ?(?:at (?:the (?:very )?)?(?:most|maximum)|as a maximum)\b", "<="),
        (r"^ ?(?:or|and) (?:more|higher|above|greater|over|better|longer)(?! \d)", ">="),
        (r"^ ?(?:or|and) (?:less|lower|below|fewer|under|shorter)(?! \d)", "<="),
        (r"^,? (?:or so|give or take|more or less)\b", "~"),
        (r"^ ?\+(?!\d)|^-plus", ">="),
    ),
    filler=r"(?: |,|:|the|a|an|level of|levels of|rates? of|minimum of|maximum of|annual average of|average of|equivalent of|rate of|a rate of|total of|a total of|a cumulative|cumulative|a combined|combined|an average of|average of|of which|share of|value of|further|another|extra|target of|goal of|cumulatively|that|where|just|range of|figure of|still|also|additional|worth|full|annually|installed|overall|total)$",
    to=r"(?:\bto|\bat|\breach\w*|\bachiev\w+|\bhit\w*|\bbe|\bis|\bas|\bhold\w*|\bkeep\w*|\bremain\w*|\bstay\w*|\battain\w*|\baccount\w* for|\bmake up|\bmaking up|\bcover\w*|\bhave|\bprovide\w*|\bcomprise\w*|\brepresent\w*|\bmaintain\w*|\binto|\bput|–|=|:)$",
    to_strict=r"\b(?:to(?! be\b)|at(?! (?:least|most)\b)|reach\w*|into)(?: [\w ]+)?$",
    amount=rf"\b{_DIR_NOUN}(?: (?:in|of|to|for) (?:(?!to\b|by\b|of\b|at\b)[\w'/-]+ ?){{1,6}})? ?(?:of|is|be|will be|should be|=|target(?:s|ed)?(?: at| of)?|:|–)$|\b(?:reduction|decrease|increase|growth) (?:in|of) [^.;]{3, 120} (?:will|shall|should|must|is to|are to) (?:be|amount to|come to|total)$",
    by=rf"(?:\bby|\b(?:up|down)|{_UP}|{_DOWN})$",
    by_after=rf"^[- ](?:net |annual |average |year-on-year |real |further |overall |cumulative |total |point )*(?:{_DIR_NOUN}\b|(?:below|lower|less|fewer|smaller|cheaper|shorter)\b(?! income)|(?:above|higher|more|greater|larger|longer)\b)",
    from_before=r"(?:,|\() ?(?:now|currently|presently|today|at present)$|(?:\bfrom|\bup from|\bdown from|\bagainst|\bcompared with|\bcompared to|\bversus)(?: the| its| a| today's| current| the current| about| around| some| roughly| just| just over| under| an estimated| (?:rate|level|share) of)*$",
    forbids=r"\b(?:keep|stop|hold|discourage)\w*\b[^.;]* from (?:\w+ ){0,3}?\w+ing(?: (?:by|to|beyond|above|over|more than|higher than))?$|\bnor (?:may|shall|must|should|will|can)\b[^.;]{0,80}$|\b(?:prevent\w*|not (?:to )?(?:allow|let)|avoid)\b|\b(?:not|never)(?: \w+){0,4} (?:beyond|above|over|more than|greater than|higher than|longer than|below|under|less than|fewer than|lower than)$|\bno (?!less|more|fewer|later|lower|higher|longer|further)[^.;]{1,80}\b(?:shall|should|will|must|may|to)\b",
    range_between=r"^ ?(?:[-–~]|to|and) ?$",
    range_open=r"(?:between|in the range(?: of)?|range of|from|within)$",
    segment=r"[;!?]|\.(?=\s|$)(?<!no\.)(?<!u\.s\.)|, (?:while|whereas|but|with(?= [a-z]+ (?:to|at|rising|falling))|which)(?=\s)|, (?=(?:should|will|must|shall|is to|are to)\b)| and (?=(?:should|will|must|shall|is to|are to)\b)|, and (?=(?:to )?(?:raise|reduce|cut|lower|increase|bring|keep|expand|build|have|grow|double|the share)\b)",
    up=_UP,
    down=_DOWN,
    up_after=r"^[- ](?:\w+[- ]){0,3}?(?:increase|rise|growth|gain|expansion|jump|above|higher|more|greater|larger|longer|improvement)\b",
    down_after=r"^[- ](?:\w+[- ]){0,3}?(?:cut|reduction|decrease|decline|drop|fall|below|lower|less|fewer|smaller|cheaper|shorter|saving)\b",
    growth=r"annual average|average annual|annually|\ba year\b|per year|per annum|each year|every year|annual (?:growth|rate|increase|gdp|decline|reduction|rise)|growth rates?|year-on-year|yearly|year on year|\bp\.a\.",
    growth_noun=r"growth rates?|annual (?:\w+ ){0,2}(?:growth|increase|decline|reduction|rise)|(?:average|yearly) (?:\w+ ){0,2}growth|(?:gdp|economic|economy|output) growth|growth (?:in|of) (?:the )?(?:gdp|economy)",
    verb_first=r"(?!)",
    headline=r"(?:gdp|economy|economic growth|gross domestic product)\b[^;,.]{0,40}(?:grow\w*|expand\w*|growth|increase\w*|rise)",
    cumulative=r"cumulative\w*|in total|a total of|(?:over|across|throughout) the (?:five|plan|period|programme|whole|,)\w*|altogether|\bnew\b|newly|additional|\badd(?:ing)?\b|during the (?:period|plan)|over \ue000+|between \ue000+|combined",
    adds=r"(?!)",
    newly=r"^ ?(?:new|additional|extra|more)\b(?! than)",
    over_period=r"\bover (?:the )?(?:period |years )?(?:from )?(?:20|21)\d\d|between (?:20|21)\d\d and (?:20|21)\d\d|over the (?:next )?\w+ years|\bsince (?:20|21)\d\d",
    cumulative_strong=r"to total|totalling|cumulative\w*|in total|a total of|(?:over|across|throughout) the (?:five|plan|period|programme|whole|,)\w*|altogether|during the (?:period|plan)",
    yearly=r"\ba year\b|per year|annually|each year|every year|per annum|yearly|annual",
    relative=(
        (
            r"(?:no|not)(?: \w+)? (?:slower|lower|less) than (?:the )?[^;,.\d]*(?:growth|gdp|average|economy|rate|inflation|prices)|at least as (?:fast|quickly|much) as [^;,.\d]*",
            ">=",
        ),
        (
            r"(?:no|not)(?: \w+)? (?:faster|higher|more) than (?:the )?[^;,.\d]*(?:growth|gdp|average|economy|rate|inflation|prices)",
            "<=",
        ),
        (
            r"(?:faster|quicker|more quickly) than [^;,.\d]{2,}|(?:higher) than (?:the )?[^;,.\d]*(?:growth|gdp|average|economy|rate|inflation|prices|income\w*|productivity|output)|outpac\w+[^;,.\d]*|outstrip\w*[^;,.\d]*|outperform\w*[^;,.\d]*|(?:above|exceed\w*|ahead of|beat\w*) (?:the )?(?:\w+ ){0,3}(?:world|global|national|international|oecd|regional|eu)?[ -]?(?:average|growth|inflation)[^;,.\d]*|ahead of (?:gdp|inflation|the economy|population)[^;,.\d]*",
            ">",
        ),
        (
            r"(?:slower|lower) than (?:the )?[^;,.\d]*(?:growth|gdp|average|economy|rate|inflation)|below (?:the )?(?:\w+ ){0,2}(?:average|inflation|gdp growth)[^;,.\d]*",
            "<",
        ),
        (
            r"(?:in step|in line|in tandem|in parallel|on a par|at par|apace|level) with (?=[^;,.]{0,40}(?:growth|gdp|econom|income|inflation|productivity|average|price|output|population|wage|rate))[^;,.\d]*|keep(?:s|ing)? (?:pace|up) with [^;,.\d]*|at the same (?:pace|rate) as [^;,.\d]*|match\w* (?:the )?(?:\w+ ){0,3}(?:growth|average|pace)[^;,.\d]*|as fast as [^;,.\d]*",
            "=",
        ),
    ),
    relative_ratio=r"(?:faster than|the rate of|the pace of|the growth (?:rate )?of|gdp growth|the (?:world|global|national) average|as fast as|the growth)",
    ranks=(
        (
            rf"\b(?:among|in|into|within|of|one of|join) (?:the )?(?:world's |global |world |europe's |asia's |region's )?top[- ](?P<n>{_NUM})\b(?! ?(?:percent|%|per cent))|\btop[- ](?P<m>{_NUM})\b(?! ?(?:percent|%|per cent|prior|billion|million|trillion|thousand|bn|gw|mw))",
            "<=",
        ),
        (
            rf"\b(?:among|one of|into|join|within) (?:the )?(?:world's |global )?(?P<n>{_NUM}) (?:leading|largest|most|best|biggest|strongest|top|highest|foremost|countries|economies)",
            "<=",
        ),
        (
            rf"\b(?:rank\w*|place\w*|come|be|become|finish) (?:at least |no lower than |not lower than |in )?(?:the )?(?P<n>{_ORD})\b(?: or (?:higher|better))?(?= (?:in|by|place|globally|worldwide|among|or|largest|position|on|for)|[ -](?:largest|biggest|ranked)|[.,;]|$)",
            "<=",
        ),
        (rf"\b(?P<n>{_ORD})[- ](?:largest|biggest|highest|strongest|most (?:competitive|innovative))\b", "<="),
        (
            rf"\b(?:among|in|into|within) the first (?P<n>{_NUM})\b(?! (?:years?|months?|weeks?|days?|phases?|stages?|quarters?))",
            "<=",
        ),
        (rf"\b(?P<n>{_ORD}) (?:place|position|rank)\b(?! of)", "<="),
        (r"\brank(?:s|ed|ing)?(?: of)? (?:no lower than |at least |number |no\. |#)?(?P<n>\d+)\b", "<="),
    ),
    multiples=(
        (
            r"\b(?:doubl(?:e|es|ed|ing)|twice)\b(?! (?:a|per|each|every)\b| as fast|-track|[- ]digit| taxation| counting)",
            2.0,
            "up",
        ),
        (r"\b(?:tripl(?:e|es|ed|ing)|trebl(?:e|es|ing))\b", 3.0, "up"),
        (r"\bthreefold\b", 3.0, ""),
        (r"\b(?:quadrupl(?:e|es|ed|ing))\b", 4.0, "up"),
        (r"\bfourfold\b", 4.0, ""),
        (r"\b(?:quintupl(?:e|es|ing))\b", 5.0, "up"),
        (r"\bfivefold\b", 5.0, ""),
        (r"\bsixfold\b", 6.0, ""),
        (r"\bsevenfold\b", 7.0, ""),
        (r"\beightfold\b", 8.0, ""),
        (r"\bninefold\b", 9.0, ""),
        (r"\btenfold\b", 10.0, ""),
        (r"\bhalv(?:e|es|ed|ing)\b|\bin half\b", 0.5, "down"),
        (r"\b(?:by )?a factor of (?P<n>\d+(?:\.\d+)?|two|three|four|five|ten)\b", 0.0, "n"),
    ),
    times_plus=r"(?!)",
    half_is_multiple=True,
    counted=r"^ ?,? ?(?:\w+ly )?(?!the|some|about|over|these|those|this|that|its|our|their|all|each|every|with|from|for|by|of|in|at|on|to|no|not|only|has|is|are|was|were|table|figure|box)[a-z]{3,} ?$|(?:\b(?:will|shall|must|should)|(?:^|, |\b(?:aims?|plans?|needs?|seeks?|is|are|has|have) )to) (?:\w+ly )?(?!be|have)[a-z]{3,} ?$|\b(?:build\w*|construct\w*|open\w*|train\w*|creat\w+|establish\w*|set up|launch\w*|commission\w*|deploy\w*|install\w*|modernis\w+|moderniz\w+|renew\w*|renovat\w+|deliver\w*|produc\w+|plant\w*|restor\w+|connect\w*|equip\w*|host\w*|attract\w*|certif\w+|adopt\w*|complet\w+|upgrad\w+|form\w*|support\w*|introduc\w+|add\w*|provide\w*|have|operate|reach|conclude|sign|bring|plan\w*|award\w*|grant\w*|issu\w+|admit\w*|enrol\w*|recruit\w*|hire|employ\w*|offer\w*|fund\w*|hold|organi[sz]e\w*|plac\w+|electrif\w+|rebuild\w*|repair\w*|rehabilitat\w+|digiti[sz]\w+|send\w*|reforest\w*)\b",
    counted_after=r"^[^.;,\d]{0,60}\b(?:will|shall|should|must|are to|is to) (?:also )?(?:open|start|run|operate|appear|join|enter service|come (?:on|into)|(?:have been |be )(?:\w+ly )?(?:built|opened|constructed|trained|created|established|set up|launched|commissioned|deployed|installed|modernised|modernized|renovated|delivered|planted|restored|connected|equipped|certified|upgraded|introduced|added|provided|refurbished|rebuilt|rehabilitated|electrified))\b",
    past=r"^ranked\b|\bthe \w+ (?:built|opened|completed|commissioned|created)\b|\b(?:rose|grew|fell|(?<!be )(?<!being )(?<!to )reached|was|were|stood|accounted for|had|has (?:been|increased|grown|risen|fallen|reached|declined|dropped|(?<!have )(?<!be )(?<!been )doubled|become)|have (?:been|increased|grown|risen|fallen|reached)|declined|dropped|amounted|climbed|increased (?:to|by|from)|decreased|exceeded|totalled|became|came|averaged|(?<!have )(?<!be )(?<!been )doubled|(?<!have )(?<!be )(?<!been )tripled|(?<!have )(?<!be )(?<!been )halved|experienced|generated|saw|spent|remained|currently|last year|as of|so far|to date|presently|at present|(?<!to )(?<!will )accounts? for|met|held|took|are protected|now stands|stands at|already|is now|are now|at the (?:last|latest) (?:survey|count)|in the (?:last|latest) survey|still (?:spends?|lags?|trails?|lies|falls short|accounts for|depends?|imports?))\b",
    fulfilled=r"(?!)",
    reported=r"\b(?:plan|programme|strategy|document) has\b|\bthan (?:a|one) year earlier\b|\bthe survey\b|\bcensus\b|\brespondents\b|\bmay apply\b|\b(?:is|are) eligible\b|\bappl(?:y|ies) to\b|\b(?:comprises|consists of|contains)\b|\b(?:was|were) (?:discussed|rejected|not \w+|missed|planned|intended|supposed|dropped|abandoned)\b|\bhad (?:been )?(?:planned|promised|aimed|intended|called|foreseen|envisaged)\b|\b(?:the outcome|the result|the turnout) (?:was|is)\b|\babove sea level\b|\bhas (?:about |some |around |nearly )?[\d.,]+ (?:million |thousand )?(?:inhabitants|residents)\b|^(?:the |an? )?[\w-]+(?: [\w-]+){0,3} covers (?:about |some |an area of )?[\d.,]+ (?:million |thousand )?(?:square|sq)\b|\bfor the purposes? of\b|\beligible (?:cost|expen)|\bqualif(?:y|ies) for\b|\bper applicant\b|\bapplicants (?:are|must|shall|may)\b|\bapplications (?:must|shall|may)\b|\bkeep (?:the |all )?records\b|\bthe grant (?:is|may|covers|amounts)\b",
    future=r"\b(?:will|shall|should|must|plan to|aim\w*|target\w*|to be|goal|by (?:the end of |end |late |early )?(?:20|21)\d\d|intend\w*)\b",
    binding=r"\b(?:binding|must|shall|mandatory|required|obligatory|compulsory|legally|is obliged)\b",
    soft=r"\b(?:aim\w*|striv\w+|seek\w*|endeavou?r\w*|hope\w*|aspir\w+|encourag\w+|explor\w+|where possible|if possible|ambition\w*|intend\w*|indicative|could|may|might|consider\w*|try|work towards?|expected to|anticipat\w+)\b",
    index=r"\b(?:growth|production|volume|output|price) index(?:es)?\b|\bindex of (?:industrial|physical|agricultural)\b",
    index_yearly=r"(?:of|to|on) the (?:previous|preceding|prior) year|previous year ?= ?100",
    index_not=r"(?!)",
    whole_period=r"\bover the (?:plan|whole|entire|five-year|ten-year)(?: \w+)? ?period\b|\bover (?:the )?(?:next |coming )?(?:five|ten|5|10) years\b",
    milestone=r"\b(?:complet(?:e|ed|ion)|commission(?:ed|ing)?|put into (?:operation|service|use|commercial)|bring into (?:operation|service)|brought into|enter(?:s|ing)? (?:into )?(?:service|operation|force)|operational|come on stream|peak(?:s|ing)?(?! hour| demand| load)|carbon neutral(?:ity)?|climate neutral(?:ity)?|net[- ]zero|launch(?:ed|ing)?|open(?:ed|ing)? (?:to traffic|for|the)|inaugurat\w+|phase(?:d)? out|phasing out|phase-out|finish\w*|ratif\w+|first flight|basically|be in place|fully (?:in place|functional|implemented)|go live|start (?:production|construction|operation|commercial)|begin (?:production|construction|operation|commercial)|ban)\b",
    milestone_dated=r"\b(?:establish\w*|set up|adopt\w*|enact\w*|creat\w+|introduc\w+|build|form\w*|become|join|move|transition\w*|sign\w*|roll out|open|conclude\w*|implement\w*|publish\w*|issue|end|stop|eliminat\w+|eradicat\w+|replace\w*|abolish\w*|land|deploy\w*|(?:to|will|shall|must|should) be (?:\w+ly )?(?!increas|improv|reduc|strengthen|expand|rais|boost|enhanc|lower|support|promot|develop|encourag|maintain|kept)\w+ed|reach (?:its|their|a) (?:maximum|peak)|be shut|be put|achiev\w+|have|finali[sz]e\w*|start|begin|connect\w*|pass|deliver\w*|run|test|approve\w*)\b",
    intention=r"(?:^|, )(?:\w+ly )?(?:to |we will |we |the government will |the state will |continue to |further |actively |gradually |fully |vigorously |steadily |more )?(?:accelerat|achiev|adapt|address|adopt|advance|align|allow|apply|attract|boost|bring|build|champion|clos|combat|complet|conserv|consolidat|construct|continu|cooperat|coordinat|creat|curb|cut|decarboni|deepen|deliver|deploy|design|develop|digiti|diversif|eliminat|embed|enabl|encourag|end|enhanc|enlarg|ensur|establish|expand|explor|extend|facilitat|finali|focus|foster|fund|give|grow|guarantee|halt|harmoni|help|implement|improv|incentivi|increas|integrat|introduc|invest|keep|launch|lay|lead|leverag|liberali|limit|link|lower|maintain|make|manag|maximi|mitigat|moderni|move|nurtur|open|optimi|phase|pilot|position|prepar|preserv|prevent|prioriti|produc|promot|protect|provid|publish|pursu|put|rais|recogni|reduc|reform|regenerat|reinforc|remove|renew|replac|restor|revis|roll|safeguard|scale|secur|set|shift|simplif|speed|stabili|stop|streamlin|strengthen|support|sustain|tackl|target|train|transform|transition|turn|upgrad|use|widen|work|modern|grant|let|move|see|run|host|sign|issue|ban|join|become|double|triple|halve|peak|plant|have|get|put|share|exchange|form|open|test|offer)\w*\b|\b(?:will|shall|should|must|aims? to|is to|are to|needs? to|plans? to|seeks? to|strives? to|the (?:goal|aim|objective|target|priority) is|priorit(?:y|ies)|commit(?:s|ted)? to|intends? to|target of|goal of)\b",
    no_statement=r"^(?:(?:national|regional|state|municipal|comprehensive|integrated|long-term|medium-term|development|action|target) )*(?:programme|program|strategy|roadmap|development plan) (?:for|of|to)\b[^.;:]*$|^(?:table|figure|box|source|note|annex|appendix|contents|chapter \w+\.?$|section \w+\.?$|\[\d+\])",
    distributes=r"respectively|\beach\b",
    joiner=r"^ ?(?:,|;|and|or|, and|/|as well as|and by|and to|, to|, by|to|by)? ?(?:about|around|at least|more than|over)? ?$",
    attribute_size=r"\bwith an? (?:\w+ )?(?:capacity|power|area|length|output|population) of (?:at least |over |up to |more than )?$",
    founded_on=r"(?!)",
    attribute=r"\bif [^.;]*$|\b(?:cit(?:y|ies)|towns?|municipalit\w+|settlements?|firms?|compan\w+|enterprises?|projects?|buildings?|plants?|schools?|farms?|districts?|villages?|communities|homes|households|islands?) (?:of|with|worth|having|employing)(?: [a-z]+){0,3} ?$|\bwith (?:an? )?(?:[\w-]+ ){0,2}(?:populations?|incomes?|capacit(?:y|ies)|turnovers?|staff|revenues?|areas?|powers?|lengths?|outputs?)(?: of)? (?:above|over|below|under|more than|less than|at least|fewer than|exceeding) ?$|\b(?:people|persons|households|families|firms|companies|enterprises|workers|those|citizens|farms|plants) (?:living|earning|employing|spending|producing|emitting|operating|costing)(?: [\w-]+){0,4} (?:above|over|below|under|more than|less than|at least|fewer than)(?: the)? ?$",
    attribute_things=r"(?!)",
    attribute_behind=r"(?!)",
    attribute_plain=r"\b(?:broadband|internet|connections?|access|links?) (?:of|at|with) (?:at least )?$|^having \w+ (?:about |some |nearly |around )?$|\bwith (?:an? )?(?:\w+ )?speeds? of (?:at least )?$|\b(?:hospital|school|plant|centre|center|hotel|stadium|college|campus|clinic|kindergarten|terminal|home)s? with $|(?!)",
    nested=r"\b(?:including|of which|of them|of these|among them)(?: [\w-]+){0,4} ?$",
    strip=rf"(?:{_UP}|{_DOWN}|\b(?:to|by|at|the|a|an|in|of|from|with|for|and|or|least|more|less|than|about|around|roughly|approximately|percent|per cent|reach\w*|achiev\w*|will|shall|should|must|be|is|are|keep|bring|ensure|have|get|make|let|within|below|above|under|over|no|not|up|end|year|level|levels|total|at|that|its|their|our|it|on|as|annual|average|year|put|see|aim|strive|seek|into)\b)",
)
