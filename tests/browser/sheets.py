"""A list as a leader keeps it: CSV with semicolons, with a fault and without."""

HEADER = "Projekt-ID;Titel;Type;Fase;Prioritet;Enhed;Forventet budget;Start;Slut"
ROWS = (
    "PF-1;Skærmbesøg;DigiTek-projekt;Afprøvning;Høj;{unit};1.250.000;01-03-2026;31-12-2026",
    "PF-2;Sengealarm;DigiTek-projekt;Undersøgelse;Lav;Plejecenter Nord;40.000;01-06-2026;"
    "31-12-2026",
)


def a_list(*, unit: str = "Plejecenter Nord") -> dict:
    """As a file for the upload field; a ``unit`` nobody knows is the fault."""
    text = "\r\n".join([HEADER, *(row.format(unit=unit) for row in ROWS)]) + "\r\n"
    return {"name": "liste.csv", "mimeType": "text/csv", "buffer": text.encode("utf-8-sig")}
