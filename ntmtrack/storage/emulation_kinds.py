"""The kinds of fact of the emulation movement, for the catalogue of `facts`: rules, registrations, awards, entries."""

from ntmtrack.i18n import N_
from ntmtrack.model import GIVERS, REGISTERS
from ntmtrack.storage.fact_kind import declare

EMULATION = (
    declare(
        "movement",
        "key title number issued_on:day issuer programme scope_id:unit scope_code scope_name begins_on:day ends_on:day"
        " grouping supersedes_id:movement source:remark",
        about="scope_id",
        identity="key",
        held_by="file",
        is_counted=True,
        codes={
            "grouping": {
                "district": N_("by district"),
                "former-district": N_("by former district"),
                "block": N_("by emulation block"),
            }
        },
        subject=N_("emulation movement {key}"),
        parts=(
            *("{number}, {issued_on}", "{issuer}", "{title}", "{programme}", N_("from {begins_on}")),
            *(N_("until {ends_on}"), "{grouping}", "{supersedes}", "{source}"),
        ),
    ),
    declare(
        "movement_rule",
        "movement_id:movement section key place:number:remark name says cite:remark",
        about="movement_id",
        identity="movement_id section key",
        part_of="movement_id",
        codes={"section": {"date": N_("date of a movement"), "award": N_("award"), "condition": N_("condition")}},
        subject="{movement}: {section} {key}",
        parts=("{name}", "{says}", "{cite}"),
        many=N_("rules of {movement}"),
        each="{section} {key}",
    ),
    declare(
        "registration",
        "unit_id:unit year:number pledge value sent_on:day sender_id:unit received_on:day document:remark"
        " source:remark note:remark",
        about="unit_id",
        identity="unit_id year pledge value",
        near="value",
        settles="year",
        held_by="file",
        room="""unit_id = :unit_id AND year = :year AND pledge = :pledge
            AND (pledge <> 'text' OR value = :value)""",
        is_counted=True,
        codes={"pledge": {"level": "", "criteria": N_("more criteria"), "text": ""}},
        subject=N_("registration for {year}"),
        parts=(
            *("{value}", "{pledge}", N_("sent {sent_on}"), N_("by {sender}"), N_("received {received_on}")),
            *("{document}", N_("source “{source}”"), N_("remark “{note}”")),
        ),
        many="{subject}: {value}",
    ),
    declare(
        "award",
        "unit_id:unit movement form name authority:remark year:number level achievement recipient places:number"
        " decision_id:decision over:remark source:remark note:remark person:private",
        about="unit_id",
        identity="unit_id movement form year level recipient",
        near="year",
        settles="year",
        held_by="undo",
        is_counted=True,
        subject=N_("award {called}"),
        parts=(
            *("{name}", "{year}", "{level}", "{achievement}", "{recipient}", N_("{places} places"), "{number}"),
            *("{authority}", N_("beyond the places: {over}"), N_("source “{source}”"), N_("remark “{note}”")),
        ),
        many="{subject}, {year}",
    ),
    declare(
        "register_entry",
        "unit_id:unit book kind party what day:day until:day amount:number document:remark source:remark"
        " note:remark person:private",
        about="unit_id",
        identity="unit_id book what party day amount",
        near="day",
        settles="day",
        is_counted=True,
        codes={"book": REGISTERS, "kind": GIVERS},
        subject="{book}",
        parts=(
            *("{what}", "{kind}", "{party}", "{day}", N_("until {until}"), N_("{amount} đồng"), "{document}"),
            *(N_("source “{source}”"), N_("remark “{note}”")),
        ),
        many="{subject}, {day}",
    ),
)
