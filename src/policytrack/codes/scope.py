"""Whom a provision governs or serves, and for which purposes."""

from policytrack.codes.vocabulary import Code


class Subject(Code):
    """A class of those whose conduct is governed, or who are served.

    `broader` names the classes in which every member of this one always lies; `any` holds all and is not listed.
    """

    broader: tuple[str, ...]

    LAW_ENFORCEMENT = (
        "law-enforcement",
        "Law enforcement",
        ("government",),
        "Police forces, sheriffs, prosecutors and other public bodies that investigate or prevent crime.",
        "Campus police with official powers count; private security is commercial.",
    )
    GOVERNMENT = (
        "government",
        "Government",
        (),
        "All public bodies of the place or places concerned, and those acting for them.",
        "If only one branch is meant, take the narrower class or the body itself.",
    )
    IMMIGRATION = (
        "immigration",
        "Immigration authorities",
        ("government",),
        "Public bodies that control borders, visas, residence or asylum.",
        "If they are addressed as investigators of crime, law-enforcement as well.",
    )
    MILITARY = (
        "military",
        "Military and intelligence",
        ("government",),
        "Armed forces, defence bodies and intelligence services.",
        "A police force with military status doing police work is law-enforcement.",
    )
    COURTS = (
        "courts",
        "Courts",
        ("government",),
        "Judges and courts in their judicial work.",
        "Prosecutors are law-enforcement.",
    )
    SCHOOLS = (
        "schools",
        "Schools",
        (),
        "Schools, colleges and universities, public or private, and those who run them.",
    )
    HOUSING = (
        "housing",
        "Housing",
        (),
        "Landlords and managers of dwellings, public or private.",
    )
    EMPLOYMENT = (
        "employment",
        "Employers",
        (),
        "Anyone in the role of an employer or recruiter, towards staff or applicants.",
    )
    RETAIL = (
        "retail",
        "Retail",
        ("commercial",),
        "Shops, supermarkets, shopping centres and others that sell to consumers on premises.",
        "Restaurants, cinemas and sports grounds are venues.",
    )
    VENUES = (
        "venues",
        "Venues",
        (),
        "Operators of places of entertainment, sport, culture, food or assembly that admit the public.",
        (
            "Public and private operators alike. A rule on all places open to the public names commercial, with the "
            "purpose public-accommodation."
        ),
    )
    TRANSPORT = (
        "transport",
        "Transport",
        (),
        "Airports, stations, airlines, railways and other carriers, public or private.",
        "Passport control in an airport is immigration.",
    )
    HEALTH = (
        "health",
        "Health",
        (),
        "Hospitals, practices, insurers and other bodies of health care, public or private.",
    )
    COMMERCIAL = (
        "commercial",
        "Companies",
        (),
        "Private companies and other private organisations in the course of their activity.",
        "A vendor that works for a public body is covered by government in respect of that work.",
    )
    INDIVIDUALS = (
        "individuals",
        "Individuals",
        (),
        "Natural persons acting for themselves.",
        "An officer or employee at work belongs to the body worked for.",
    )
    ANY = (
        "any",
        "Anyone",
        (),
        "Everybody, public or private.",
        "Only where the source excludes no class; never as a stand-in for an unknown addressee.",
    )


class Purpose(Code):
    """What the technology is used for, as far as a provision depends on it."""

    SURVEILLANCE = (
        "surveillance",
        "Surveillance",
        "Watching or tracking people in a place or over time, without a single case behind it.",
        "If faces are matched as they pass, real-time-identification.",
    )
    REAL_TIME_IDENTIFICATION = (
        "real-time-identification",
        "Real-time identification",
        "Matching faces in live video against a list while people pass.",
        "A later search of recordings is not meant.",
    )
    CRIMINAL_INVESTIGATION = (
        "criminal-investigation",
        "Criminal investigation",
        "Finding suspects, victims or witnesses of an offence after the fact.",
        "If only serious or violent offences are meant, violent-crime-investigation.",
    )
    VIOLENT_CRIME_INVESTIGATION = (
        "violent-crime-investigation",
        "Investigation of violent crime",
        "Investigating offences on a list limited to violent or comparably serious crime.",
    )
    TRAFFICKING_VICTIMS = (
        "trafficking-victims",
        "Victims of trafficking",
        "Finding or identifying victims of human trafficking or exploitation.",
    )
    MISSING_CHILDREN = (
        "missing-children",
        "Missing children",
        "Finding or identifying missing or abducted children.",
        "Missing persons of whatever age are missing-persons; a source may name both.",
    )
    MISSING_PERSONS = (
        "missing-persons",
        "Missing persons",
        "Finding or identifying persons who are missing, of whatever age.",
        "Where only children are meant, missing-children.",
    )
    IDENTITY_VERIFICATION = (
        "identity-verification",
        "Verification of identity",
        "Comparing a face with one claimed identity to confirm it, as with a document or account.",
        "For entry to a place it is access-control; at a border, border-control.",
    )
    BORDER_CONTROL = (
        "border-control",
        "Border control",
        "Checking travellers at entry or exit.",
        "Inside the country it is immigration-enforcement.",
    )
    IMMIGRATION_ENFORCEMENT = (
        "immigration-enforcement",
        "Enforcement of immigration rules",
        "Finding out the identity or status of people inside the country for the purposes of immigration law.",
    )
    ACCESS_CONTROL = (
        "access-control",
        "Access control",
        "Deciding who may enter a building, area, event or vehicle.",
    )
    ATTENDANCE = (
        "attendance",
        "Attendance",
        "Recording the presence or working time of pupils or staff.",
    )
    FRAUD_PREVENTION = (
        "fraud-prevention",
        "Prevention of fraud",
        "Detecting or stopping fraud, scams and impersonation.",
        "Theft in shops is loss-prevention.",
    )
    LOSS_PREVENTION = (
        "loss-prevention",
        "Prevention of loss",
        "Preventing theft, damage and violence in shops and other premises of a business.",
        "The investigation by the police afterwards is criminal-investigation.",
    )
    EXCLUSION = (
        "exclusion",
        "Enforcing exclusions",
        "Recognising people who are barred, or have barred themselves, from a place: gamblers, fans, opponents.",
        "Letting in those who may enter is access-control.",
    )
    CHILD_PROTECTION = (
        "child-protection",
        "Protection of children",
        "Finding children who are sexually abused or exploited, and those who abuse them.",
        "Children who are only missing are missing-children.",
    )
    AUDIENCE_MEASUREMENT = (
        "audience-measurement",
        "Measurement of audiences",
        "Counting or classing people by face, as by age, sex or mood, for advertising or statistics.",
    )
    PAYMENT = (
        "payment",
        "Payment",
        "Paying, or passing a ticket barrier, by one's face.",
    )
    COMMERCIAL_USE = (
        "commercial-use",
        "Commercial use",
        "Any use for the gain of a business.",
        "Only where a law draws its line there; else give the aim of the use.",
    )
    STOP_IDENTIFICATION = (
        "stop-identification",
        "Identification of people stopped",
        "Finding out who a person is whom officers have stopped, arrested or hold.",
        "By a claimed identity it is identity-verification.",
    )
    ACCOUNT_RECOVERY = (
        "account-recovery",
        "Account recovery",
        "Giving users back the access to a locked or stolen account.",
    )
    PHOTO_TAGGING = (
        "photo-tagging",
        "Tagging of photos",
        "Naming, grouping or suggesting people in pictures of users.",
    )
    PUBLIC_ACCOMMODATION = (
        "public-accommodation",
        "Places of public accommodation",
        "Any use in private premises open to the public, such as shops, hotels and restaurants.",
        "A setting rather than an aim, kept here because laws draw the line by it.",
    )
    EMBEDDED_IN_DEVICE = (
        "embedded-in-device",
        "Built into a device",
        "A function that comes with a general device such as a telephone or computer and is not the reason to get it.",
        "For devices of a public body or firm; a person's own device is own-device.",
    )
    OWN_DEVICE = (
        "own-device",
        "Own device",
        "A person unlocking or using a device or account of their own.",
    )
    BODY_WORN_CAMERA = (
        "body-worn-camera",
        "Body-worn cameras",
        "Use on or with footage from cameras worn by officers.",
        "Like public-accommodation a setting; the aim of the use, where known, is given beside it.",
    )
    NATIONAL_SECURITY = (
        "national-security",
        "National security",
        "Defence, intelligence and protection against terrorism.",
    )
    RESEARCH = (
        "research",
        "Research",
        "Scientific or statistical work that takes no decision about the persons shown.",
        "Evaluating a system for later operation is testing.",
    )
    TESTING = (
        "testing",
        "Testing",
        "Measuring or trying out a system before or beside its operation.",
    )
