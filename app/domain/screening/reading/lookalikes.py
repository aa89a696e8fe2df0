"""Characters that are read as Latin letters: tables only."""

LEET = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "+": "t",
    "|": "i",
    "€": "e",
    "£": "l",
}

PUNCTUATION = {
    "‘": "'", "’": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁃": "-", "﹣": "-", "－": "-",
    "·": ".", "•": ".", "∙": ".", "․": ".", "。": ".", "‧": ".",
}  # fmt: skip

_ALIKE = {
    "a": "аɑαａᴀαӑāɐ∂⍺ꭺᎪ",
    "b": "ЬʙвƅᏏᖯβɓ",
    "c": "сϲᴄⅽᏟςᑕ",
    "d": "ԁɗᴅⅾᏧժđð",
    "e": "еёєҽεᴇᎬ℮ɛэ",
    "f": "ƒғꜰẝϝք",
    "g": "ɡԍɢցᏀǥ",
    "h": "һʜнհᏂħ",
    "i": "іɩıιɪїⅰᎥⵏ¡ɨ",
    "j": "јϳᴊյ",
    "k": "кκᴋҝᏦƙ",
    "l": "ⅼӏɭʟᏞƖłɫ",
    "m": "мᴍⅿϻᎷ",
    "n": "ոռɴпηℕṇɲ",
    "o": "оοօσᴏ○ΟøᎾ०໐Օ",
    "p": "рρᴘᏢþ",
    "q": "ԛգզ",
    "r": "гʀᴦᏒɼя",
    "s": "ѕʂꜱᏚſ",
    "t": "тτᴛᎢŧ†",
    "u": "υսᴜʋцµ",
    "v": "ѵνᴠⅴᏙ",
    "w": "ԝωᴡᎳшщѡ",
    "x": "хχⅹ×ҳ",
    "y": "уүʏγყ¥",
    "z": "ᴢʐᏃƶ",
}

LOOKALIKES = {alike: letter for letter, group in _ALIKE.items() for alike in group}
LOOKALIKES |= {
    capital: letter
    for letter, group in _ALIKE.items()
    for alike in group
    if len(capital := alike.upper()) == 1 and not capital.isascii() and capital not in LOOKALIKES
}
LOOKALIKES |= {chr(0x1F130 + place): chr(97 + place) for place in range(26)}
LOOKALIKES |= {chr(0x1F150 + place): chr(97 + place) for place in range(26)}
LOOKALIKES |= {chr(0x1F170 + place): chr(97 + place) for place in range(26)}
LOOKALIKES |= {"ß": "ss", "æ": "ae", "œ": "oe", "Β": "b", "Η": "h", "Ρ": "p", "Ν": "n", "В": "b", "Н": "h", "Р": "p"}
LOOKALIKES |= {"С": "c", "У": "y", "Х": "x", "Ѕ": "s", "І": "i", "Ј": "j", "ℓ": "l", "Ⅼ": "l", "Ɩ": "l", "Ι": "i"}
