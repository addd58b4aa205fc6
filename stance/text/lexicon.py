"""The word lists that the rules of ``compounds`` and ``senses`` read."""

from __future__ import annotations

CURRENCIES = frozenset(
    """
    dollar dollars pound pounds peso pesos rupee rupees yuan yen franc francs krone kroner krona kronor
    lira liras lire ruble rubles rouble roubles rial rials riyal riyals dirham dirhams dinar dinars
    shilling shillings rand baht ringgit rupiah dong hryvnia zloty forint koruna leu lev cedi naira birr
    kwacha bolivar bolivars soles tenge shekel shekels kyat taka kip riel euro cents
    """.split()
)

WATERS = frozenset("Sea Ocean Strait Straits Channel Bay River Lake Canyon Trench Basin".split())

ORGANISATIONS = frozenset(
    """
    Times Herald Guardian Chronicle Gazette Tribune Telegraph Inquirer Newsday Newswire Magazine Weekly
    Airlines Airways Airline Corp Corporation Inc Incorporated Ltd Holdings Holding Bancorp Pharmaceuticals
    University College School Institute Institution Academy Museum Library Hospital Orchestra Theatre
    Foundation Fund Association Society Forum Federation Club Observatory Chamber Church Orthodox Synod
    Diocese Paralympics Festival Championship Championships Premiership
    """.split()
)
"""Heads of names of organisations: up to three words may stand between them and a state's name."""

ADJACENT_ORGANISATIONS = frozenset(
    """
    Post Daily Journal Review Mirror Morning Today Insider Dispatch Examiner Standard Courier Independent
    Observer Aviation Airport Co Limited Motors Motor Telecom Mobile Insurance Pharma Steel
    Network Enterprise Cup Open Olympics Grand League Masters Derby Marathon Idol Television Radio Tourism
    Awaaz Express Advisory Sun Star Eye Outlook Report Shield
    """.split()
)
"""Heads of names of organisations that are common words too: they count next to a state's name only."""

COMMON_NOUNS_OF_ACCORDS = frozenset(
    """
    accord accords agreement agreements convention conventions protocol protocols process declaration
    consensus memorandum climate syndrome olympics games worlds marathon convention round
    """.split()
)

NAMED_THINGS = frozenset(
    """
    University College School Gulf Sea Bay Strait Straits Isle Museum Association Federation Society
    Institute Church Archbishop Bishop Diocese Times Voice Radio Tour Lloyd's Chamber Academy Observatory
    Institution Cardinal Duke Earl Duchess Club Fund Force Foundation Commerce Forum
    """.split()
)

GIVEN_NAMES = frozenset(
    """
    Aaron Abraham Adam Alan Albert Alex Alexander Alexandra Alice Alison Allen Allison Amanda Amy Andrea
    Andrew Andy Angela Ann Anna Anne Anthony Arthur Ashley Barbara Ben Benjamin Bernard Bernie Beth Betty
    Bill Billy Bob Bobby Brad Bradley Brandon Brenda Brent Brett Brian Bruce Bryan Calvin Carl Carlos
    Carol Caroline Catherine Cathy Charles Charlie Charlotte Cheryl Chris Christian Christina Christine
    Christopher Cindy Claire Clarence Clark Colin Connor Craig Curtis Cynthia Dale Dan Daniel Danielle
    Danny Darren Dave David Dean Deborah Debra Dennis Derek Diana Diane Dick Don Donald Donna Dorothy Doug
    Dr Dr. Dylan Earl Ed Eddie Edgar Edward Eileen Elaine Eleanor Elizabeth Ellen Emily Emma Eric Erik
    Erin Ethan Eugene Eva Evan Eve Fiona Florence Frances Francis Frank Fred Frederick Gabriel Gary Gene
    Geoffrey George Gerald Gilbert Glenn Gloria Gordon Grace Graham Greg Gregory Hannah Harold Harry
    Heather Helen Henry Herbert Holly Howard Hugh Ian Isaac Isabel Ivan Jack Jackie Jacob Jake James Jamie
    Jane Janet Janice Jason Jay Jean Jeff Jeffrey Jennifer Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan
    Joanna Joe Joel John Johnny Jon Jonathan Jose Joseph Josh Joshua José Joyce Juan Judith Judy Julia
    Julian Julie Justin Karen Karl Kate Katherine Kathleen Kathryn Kathy Katie Keith Kelly Ken
    Kenneth Kerry Kevin Kim Kimberly Kyle Larry Laura Lauren Laurence Lawrence Leo Leon Leonard Leslie
    Linda Lindsey Lisa Liz Lloyd Louis Louise Lucas Lucy Luis Luke Lynn Marc Marcus Margaret Maria Marie
    Marilyn Mark Martha Martin Mary Matt Matthew Maurice Max Megan Melanie Melissa Michael Michelle Miguel
    Mike Mitch Molly Monica Morgan Mr Mr. Mrs Mrs. Ms Ms. Nancy Natalie Nathan Neil Nicholas Nick Nicole
    Nigel Norman Oliver Oscar Pamela Pat Patricia Patrick Paul Paula Pete Peter Phil Philip Phillip Rachel
    Ralph Randy Ray Raymond Rebecca Rex Ricardo Richard Rick Rob Robert Roberto Robin Rod Roger Ron Ronald
    Rose Roy Russell Ruth Ryan Sam Samantha Samuel Sandra Sara Sarah Scott Sean Seth Shane Shannon Sharon
    Shawn Sheila Simon Sir Sophia Spencer Stanley Stephanie Stephen Steve Steven Stuart Sue Susan Suzanne
    Sylvia Taylor Ted Terence Teresa Terry Theodore Theresa Thomas Tim Timothy Tina Todd Tom Tommy Tony
    Tracy Travis Trevor Tyler Valerie Vanessa Vernon Veronica Victor Vincent Virginia Walter Warren Wayne
    Wendy William Zach Zachary
    """.split()
)

TITLES = frozenset(
    """
    President Prime Premier Chancellor Minister Secretary Mr Mr. Mrs Mrs. Ms Ms. Senator Ambassador General
    Gen Gen. Adm. Admiral Sen. King Prince Sheikh Emir Spokesman Spokeswoman spokesman spokeswoman Leader
    leader president premier minister chancellor secretary ambassador Chairman chairman Foreign Defense
    Defence Comrade then-President PM Marshal
    """.split()
)

OFFICES = frozenset(
    """
    President Prime Minister Foreign Defense Defence Finance Interior Chancellor Parliament Army Navy Air
    Ministry Government Embassy Ambassador Central Supreme Court Cabinet Vice Deputy King Queen Prince
    Secretary State Revolutionary Security National Republic Republicans Federation Says And To In For On
    Is Has Will Are Not Of With Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April June July August September October November December
    """.split()
)

GEORGIA_IN_AMERICA = (
    "grand jury",
    *"""
    Atlanta Savannah Augusta Macon Sens? Senators? Senate Reps? Gov DA [Gg]overnor Republicans? Democrats?
    GOP caucus [Cc]ounty district prosecutors?
    subpoena Giuliani Meadows Kemp Raffensperger Abrams Ossoff Warnock Fulton Willis Carolinas? Virginia
    Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois
    Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi
    Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Wisconsin
    Wyoming
    """.split(),
)
"""Patterns of words near the name of Georgia, the American state."""

GEORGIA_VOTES = (
    "special election",
    "election (?:workers?|officials?|results?|schemes?|probe|case)",
    *"runoffs? primary primaries swing votes ballots?".split(),
)
"""Patterns of elections, which both hold: the American state's unless a neighbour of the country is named."""

GEORGIA_IN_CAUCASUS = """
    Tbilisi Saakashvili Abkhazia Ossetia Caucasus Armenia Azerbaijan Moldova Ukraine Kremlin Soviet
    Georgian Georgians
    Crimea Kobakhidze Ivanishvili Shevardnadze NATO
    """.split()
"""Patterns of words near the name of Georgia, the country: they win over the other list."""

LANGUAGE_VERBS = frozenset(
    "studied studying speak speaks spoke speaking spoken fluent learn learning learned study".split()
)
