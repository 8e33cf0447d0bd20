"""What people write where the register has a fixed word: kinds, standings, telephones, languages. Pure."""

from __future__ import annotations

from .columns import folded

_WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "member": (
            "member, full member, socio, socia, asociado, asociada, socio activo, socia activa, socio "
            "pleno, cooperativista, cooperado, cooperada, miembro, membro, efetivo, efectivo"
        ),
        "trial": (
            "trial, on trial, probation, a prueba, en prueba, prueba, periodo de prueba, aspirante, "
            "em experiencia, experiencia, periodo de experiencia, estagio probatorio"
        ),
        "hired": (
            "hired, employee, employed, contratado, contratada, contrato, empleado, empleada, "
            "asalariado, asalariada, eventual, temporario, temporaria"
        ),
    },
    "status": {
        "active": "active, activo, activa, ativo, ativa, en actividad, alta, normal",
        "medical_leave": (
            "on sick leave, sick leave, sick, ill, licencia medica, licencia por enfermedad, "
            "enfermedad, enfermo, enferma, baja medica, baja por enfermedad, licenca medica, licenca "
            "saude, doente"
        ),
        "parental_leave": (
            "on parental leave, parental leave, maternity leave, paternity leave, maternity, "
            "paternity, licencia por maternidad, licencia por paternidad, licencia maternidad, "
            "licencia paternidad, maternidad, paternidad, licencia parental, licenca maternidade, "
            "licenca paternidade, licenca parental"
        ),
        "voluntary_leave": (
            "on leave at own wish, leave, on leave, licencia, licencia sin goce, licencia sin goce de "
            "haberes, licencia sin goce de sueldo, excedencia, de licencia, licenca, licenca sem "
            "vencimento, de licenca"
        ),
        "outside_office": "in an office outside, licencia gremial, cargo externo, licenca sindical",
        "notice_given": "has given notice, notice given, renuncia presentada, aviso previo, preaviso",
        "suspended": "suspended, suspendido, suspendida, suspenso, suspensa",
        "left": (
            "has left, left, gone, baja, retirado, retirada, egresado, egresada, desvinculado, "
            "desvinculada, renuncio, desligado, desligada, saiu"
        ),
        "expelled": "excluded, expelled, excluido, excluida, expulsado, expulsada, expulso, expulsa",
        "died": "died, dead, deceased, fallecido, fallecida, fallecio, falecido, falecida",
    },
    "contact": {
        "app": (
            "telephone with the application, app, application, smartphone, aplicacion, aplicativo, whatsapp"
        ),
        "sms": (
            "telephone for text messages only, sms, text, text messages, mensaje de texto, mensajes, mensagem"
        ),
        "none": "no telephone, none, no, ninguno, ninguna, sin telefono, nenhum, sem telefone",
    },
    "language": {
        "en": "en, english, ingles",
        "es": "es, spanish, espanol, castellano, espanhol",
        "pt-br": "pt br, pt, portuguese, portugues, portugues brasil, portugues do brasil",
    },
}
CODES = {
    field: {word: code for code, written in words.items() for word in written.split(", ")}
    | {folded(code): code for code in words}
    for field, words in _WORDS.items()
}


def code_of(field: str, words: str, labels: dict[str, str] | None = None) -> str | None:
    """The code of a word; `labels` (folded word to code) are those of the language the reader has on the screen.

    >>> code_of("status", "Licencia MÉDICA"), code_of("kind", "pirate")
    ('medical_leave', None)
    """
    word = folded(words)
    return CODES[field].get(word) or (labels or {}).get(word)
