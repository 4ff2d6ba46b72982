"""A small folder of projects that can be solved by hand, and changes to it."""

from pathlib import Path

TABLES = {
    "projects.csv": """id,name,build_years,earliest,latest,requires,excludes,sides
bridge,Bridge,2,2026,2028,,,A;B
road,Road,1,2026,2029,bridge,,A
lab,Laboratory,1,2026,2028,,school,A;B
school,School,1,2026,2028,,,
""",
    "costs.csv": """project,year_offset,cost,side
bridge,0,60,A
bridge,1,40,B
road,0,20,A
lab,0,30,
school,0,10,
""",
    "benefits.csv": """project,partner,year_offset,benefit
bridge,A,2,100
bridge,B,2,80
road,A,1,30
lab,A,1,10
lab,B,1,25
school,A,1,12
school,B,1,4
""",
    "budgets.csv": """partner,year,budget
A,2026,60
A,2027,60
A,2028,60
B,2026,60
B,2027,60
B,2028,60
""",
    "synergies.csv": "a,b,partner,benefit\nbridge,road,B,5\n",
    "limits.csv": "resource,year,capacity\ncrew,2026,2\n",
    "needs.csv": "project,resource,year_offset,amount\nbridge,crew,0,2\nlab,crew,0,1\n",
    "schedule.toml": """discount_rate = 0.0
base_year = 2026
horizon = 2032
carry_over = 0.5
minimum_share = 0.25
floor = "disagreement"
time_limit_s = 30
gap = 0.0
""",
}

CONFLICT = {
    "projects": "id,name,build_years,earliest,latest,requires,excludes,sides\nx,X,1,2026,2026,,,A\ny,Y,1,2026,2026,,,B\n",
    "costs": "project,year_offset,cost\nx,0,5\ny,0,5\n",
    "benefits": "project,partner,year_offset,benefit\nx,A,1,9\ny,B,1,8\n",
    "synergies": "",
    "limits": "resource,year,capacity\ncrew,2026,1\n",
    "needs": "project,resource,year_offset,amount\nx,crew,0,1\ny,crew,0,1\n",
}
"""Changes after which two projects, one of each side, need the only crew of a year."""


def write(folder: Path, **changed: str) -> Path:
    """Write the folder; `costs="..."` replaces costs.csv, `settings="..."` adds to schedule.toml, "" leaves a table out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in TABLES.items():
        new = changed.get("settings" if name == "schedule.toml" else name.removesuffix(".csv"))
        if new != "":
            (folder / name).write_text(text if new is None else new, encoding="utf-8")
    for name, text in changed.items():
        if f"{name}.csv" not in TABLES and name != "settings":
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def replaced(table: str, old: str, new: str) -> dict[str, str]:
    """Return a change of one table in which some text is replaced."""
    assert old in TABLES[f"{table}.csv"]
    return {table: TABLES[f"{table}.csv"].replace(old, new)}


def settings(**values: object) -> dict[str, str]:
    """Return changed settings."""
    lines = dict(line.split(" = ") for line in TABLES["schedule.toml"].splitlines())
    lines |= {name: f'"{value}"' if isinstance(value, str) else str(value) for name, value in values.items()}
    return {"settings": "".join(f"{name} = {value}\n" for name, value in lines.items())}
