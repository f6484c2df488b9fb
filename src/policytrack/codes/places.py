"""What sorts of issuers there are, and at which levels rules are made."""

from policytrack.codes.scope import Subject
from policytrack.codes.vocabulary import Code


class ActorType(Code):
    """What an actor is. `subject` is the class of governed subjects to which such an actor belongs, or None."""

    subject: Subject | None

    COMPANY = (
        "company",
        "Company",
        Subject.COMMERCIAL,
        "A business, whatever its owners.",
        "Its product is a technology, not an actor.",
    )
    LEGISLATURE = (
        "legislature",
        "Legislature",
        Subject.GOVERNMENT,
        "A parliament of a country, a first-level subdivision or a union of states, or one of its chambers.",
        "Local assemblies are councils.",
    )
    COUNCIL = (
        "council",
        "Council",
        Subject.GOVERNMENT,
        "The elected assembly or board of a municipality, county or district.",
    )
    EXECUTIVE = (
        "executive",
        "Executive",
        Subject.GOVERNMENT,
        "A government, or the office of its head: president, cabinet, governor, mayor.",
        "A department under it is an agency. The office is the actor, not its holder.",
    )
    AGENCY = (
        "agency",
        "Agency",
        Subject.GOVERNMENT,
        "A ministry, department or other public body that carries out tasks of government.",
        "If it supervises others under rules it is a regulator; if it polices, police.",
    )
    POLICE = (
        "police",
        "Police",
        Subject.LAW_ENFORCEMENT,
        "A police force, sheriff's office, prosecution service or other body that investigates crime.",
    )
    COURT = (
        "court",
        "Court",
        Subject.COURTS,
        "A court or independent tribunal.",
    )
    REGULATOR = (
        "regulator",
        "Regulator",
        Subject.GOVERNMENT,
        "An authority that supervises others and may decide against them, such as one for data protection.",
        "An ombudsman or commissioner without such power is an agency.",
    )
    ORGANISATION = (
        "organisation",
        "Organisation",
        None,
        "An association, charity, standards body or international organisation.",
        "With a business as its main aim it is a company.",
    )
    SCHOOL = (
        "school",
        "School",
        Subject.SCHOOLS,
        "A school, school district, college or university.",
        "A ministry of education is an agency.",
    )
    ELECTORATE = (
        "electorate",
        "Electorate",
        None,
        "The voters of a place, as the author of a referendum.",
    )
    PERSON = (
        "person",
        "Person",
        None,
        "A natural person who acts in a public role that the record names.",
        "If the act is one of the office or body, that is the actor.",
    )
    CLAIMANTS = (
        "claimants",
        "Claimants",
        None,
        "Private persons who bring a case together or for a class, kept as one party without names.",
        "An association that sues is an organisation.",
    )


class JurisdictionLevel(Code):
    """At which level of government a place makes rules."""

    SUPRANATIONAL = (
        "supranational",
        "Supranational",
        "A union of countries whose rules bind its members.",
        "International organisations without such power are actors only.",
    )
    COUNTRY = "country", "Country", "A sovereign state, or a territory with a country code of its own."
    STATE = (
        "state",
        "First-level subdivision",
        "The first level below the country: a state, province, region, Land or constituent country.",
    )
    COUNTY = (
        "county",
        "County",
        "A level between the first subdivision and the municipality: county, department, district.",
    )
    MUNICIPALITY = (
        "municipality",
        "Municipality",
        "A city, town, borough or commune with a government of its own.",
        "A city that is also a county is a municipality.",
    )
    DISTRICT = (
        "district",
        "District",
        "A part of a municipality with rule-making bodies of its own, such as a borough or ward.",
        "A federal capital district stands at the first level below the country.",
    )
    SPECIAL = (
        "special",
        "Special-purpose area",
        "An area with powers in one matter only, such as a school, transit or port district.",
    )


class EntityScheme(Code):
    """Which register an identifier of an actor belongs to; it stands before the value."""

    WIKIDATA = "wikidata", "Wikidata", "Item of Wikidata, a Q and digits."
    LEI = "lei", "LEI", "Legal Entity Identifier (ISO 17442), twenty letters and digits."
    COMPANY_NUMBER = "company-number", "Company number", "Number in a national register of companies, country first."
