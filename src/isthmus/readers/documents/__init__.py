"""Plan documents in: PDF, DOCX, HTML and text become blocks in reading order."""
