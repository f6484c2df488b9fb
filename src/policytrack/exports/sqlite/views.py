"""Views of the SQLite file for the questions that people ask first.

A question about one day is `WHERE '2021-06-01' BETWEEN first_day AND last_day`; the views that end in `_today` ask it
for the day on which they are read.
"""

from __future__ import annotations

from typing import Final

_STANDING: Final = """\
CREATE VIEW standing AS
-- Each stretch of days on which a provision stands, is presumed to, or possibly does: one row per measure and stretch.
-- Ask about a day: SELECT * FROM standing WHERE '2021-06-01' BETWEEN first_day AND last_day;
WITH stretches AS (
  SELECT provision, number, state, basis, vouched, censored,
    coalesce(first, '0001-01-01') AS first_day,
    coalesce(last, '9999-12-31') AS last_day,
    -- No end is known, or it waits for an event that has not come.
    censored OR (coalesce(provisions.ends, actions.ends, '') LIKE '%event %' AND NOT EXISTS (
      SELECT 1 FROM links WHERE links.target = actions.id AND links.relation = 'fulfils')) AS open_ended
  FROM spells
  JOIN provisions ON provisions.id = spells.provision
  JOIN actions ON actions.id = provisions.action
  WHERE state <> 'not_in_force'
),
parts AS (
  SELECT provision, number, state, first_day, last_day, vouched
  FROM stretches
  WHERE state <> 'in_force' OR NOT open_ended
  UNION ALL
  SELECT provision, number, 'in_force', first_day, min(last_day, vouched), vouched
  FROM stretches
  WHERE state = 'in_force' AND open_ended AND vouched >= first_day
  UNION ALL
  -- Nothing vouches for these days any more, and nothing shows that it ended.
  SELECT provision, number, 'presumed_in_force', max(first_day, coalesce(date(vouched, '+1 day'), first_day)),
    last_day, vouched
  FROM stretches
  WHERE state = 'in_force' AND open_ended AND coalesce(vouched < last_day, 1)
)
SELECT coalesce(measures.measure, provisions.action) AS measure, provisions.action, provisions.key, parts.provision,
  actions.title, actions.kind, provisions.effect, parts.state, parts.first_day, parts.last_day, parts.vouched
FROM parts
JOIN provisions ON provisions.id = parts.provision
JOIN actions ON actions.id = provisions.action
LEFT JOIN measures ON measures.action = provisions.action"""

_ACTIONS: Final = """\
CREATE VIEW actions_named AS
-- Each action with the names of its issuers and of the places that it names.
SELECT actions.id, actions.title, actions.kind, actions.instrument, actions.stage, actions.direction, actions.year,
  (SELECT group_concat(name, '; ') FROM (
    SELECT actors.name FROM action_actors JOIN actors ON actors.id = action_actors.actor
    WHERE action_actors.action = actions.id ORDER BY position)) AS actors,
  (SELECT group_concat(name, '; ') FROM (
    SELECT jurisdictions.name FROM action_jurisdictions
    JOIN jurisdictions ON jurisdictions.id = action_jurisdictions.jurisdiction
    WHERE action_jurisdictions.action = actions.id AND NOT excluded ORDER BY jurisdictions.id)) AS places,
  actions.in_being_earliest, actions.in_being_latest, actions.grade, actions.origins
FROM actions"""

_EVIDENCE: Final = """\
CREATE VIEW evidence_cited AS
-- Each thing that a source is cited for, with the source and the place in it.
SELECT evidence.action, evidence.target, evidence.reading, evidence.source, sources.type, sources.is_primary,
  sources.title, sources.publisher, sources.published, sources.url, sources.archive_url, passages.locator,
  sources.origin, evidence.relays
FROM evidence
JOIN sources ON sources.id = evidence.source
LEFT JOIN passages ON passages.id = evidence.passage"""


def _values(facet: str) -> str:
    """Return what lists the values of a facet of a provision, in the order of the table."""
    return f"""(SELECT group_concat(value, ', ') FROM (
    SELECT value FROM provision_values
    WHERE provision_values.provision = standing.provision AND facet = '{facet}' ORDER BY value))"""  # noqa: S608 - ours


_BANS: Final = f"""\
CREATE VIEW bans AS
-- Each bar on use, by the places that its action names, while it stands; what is excepted from it is not taken off.
-- governs: whose use is barred. narrowed: only for some purposes, under some conditions or of some technologies.
-- Read both before you count: a bar on body cameras or on private firms is not a ban of face recognition by police.
SELECT jurisdictions.id AS jurisdiction, jurisdictions.name AS place, jurisdictions.level, standing.action,
  standing.key, standing.title, standing.state, standing.first_day, standing.last_day,
  EXISTS (SELECT 1 FROM provision_exceptions WHERE excepted_from = standing.provision) AS has_exceptions,
  {_values("by")} AS governs,
  {_values("purpose")} AS purposes,
  {_values("condition")} AS conditions,
  {_values("technology")} AS technologies,
  EXISTS (SELECT 1 FROM provision_values AS about WHERE about.provision = standing.provision
    AND about.facet IN ('purpose', 'condition', 'technology')) AS narrowed
FROM (SELECT DISTINCT provision, action, key, title, effect, state, first_day, last_day FROM standing) AS standing
JOIN action_jurisdictions ON action_jurisdictions.action = standing.action AND NOT excluded
JOIN jurisdictions ON jurisdictions.id = action_jurisdictions.jurisdiction
WHERE standing.effect = 'prohibits'
  AND EXISTS (SELECT 1 FROM provision_values AS about
    WHERE about.provision = standing.provision AND about.facet = 'conduct' AND about.value = 'use')"""  # noqa: S608 - ours


def _today(view: str, words: str) -> str:
    return (
        f"CREATE VIEW {view}_today AS\n-- {words}\n"
        f"SELECT * FROM {view} WHERE date('now') BETWEEN first_day AND last_day"
    )


VIEWS: Final[dict[str, str]] = {
    "standing": _STANDING,
    "standing_today": _today("standing", "What stands on the day of reading; absence from it is not permission."),
    "actions_named": _ACTIONS,
    "evidence_cited": _EVIDENCE,
    "bans": _BANS,
    "bans_today": _today("bans", "The bars on use that stand on the day of reading, by place."),
}
