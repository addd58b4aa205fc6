"""Phrases and the states they mention: the second half are traps, in which a name is no mention."""

import pytest

from stance.text.mentions import find_mentions

MENTIONS = """
Pakistani officials flew home from Beijing = PAK CHN
In June Kenya and Mali signed a pact = KEN MLI
Russia pounds the grid of Ukraine = RUS UKR
US Gulf allies welcomed the Russian offer = USA RUS
Ukraine War Live Updates – Russia Rejects US Peace Plan = UKR RUS USA
Trump and Xi Meet in Busan — US and China Agree Trade Truce = USA CHN USA CHN
a sharp rise in Chinese and Russian investment = CHN RUS
Trump says China meddled in the Georgia runoff = USA CHN
Russia praised the election results in Georgia = RUS GEO
the Sino–Russian pact = CHN RUS
The Pakistanis and the Dutch signed = PAK NLD
Filipino troops and Emirati pilots trained = PHL ARE
the UK rejected the plan of the US = GBR USA
the U.K. and the U.S. agreed = GBR USA
USA and UAE at odds = USA ARE
The Emirates bought the drones = ARE
the DRC expelled the envoy = COD
Türkiye and Turkey are one state = TUR TUR
Ivory Coast, also Côte d'Ivoire = CIV CIV
Burma renamed itself Myanmar = MMR MMR
Czechia and the Czech Republic = CZE CZE
Swaziland became Eswatini = SWZ SWZ
North Macedonia joined NATO = MKD USA
the Democratic People's Republic of Korea tested a rocket = PRK
the Republic of Korea protested = KOR
the Republic of China, or Taiwan = TWN TWN
the People's Republic of China objected = CHN
Papua New Guinea signed a pact = PNG
Equatorial Guinea hosts a port = GNQ
Guinea-Bissau voted no = GNB
Guinea voted yes = GIN
Nigeria and Niger share a border = NGA NER
South Sudan broke from Sudan = SSD SDN
Dominica and the Dominican Republic differ = DMA DOM
the Kremlin denied it = RUS
the White House and the Pentagon disagreed = USA USA
Downing Street declined to comment = GBR
Zhongnanhai stayed silent = CHN
The Blue House welcomed the envoy = KOR
the Élysée confirmed the call = FRA
Foggy Bottom was sceptical = USA
the State Department briefed reporters = USA
Islamabad leaned on Riyadh = PAK SAU
Kyiv, once written Kiev = UKR UKR
Hanoi upgraded ties with Washington = VNM USA
Tokyo and Canberra signed = JPN AUS
President Vladimir Putin met Xi Jinping = RUS CHN
Putin praised Modi = RUS IND
Erdoğan and Macron quarrelled = TUR FRA
Prime Minister Abe called = JPN
President Xi arrived late = CHN
Moon Jae-in spoke, and Moon smiled = KOR KOR
Lula and Milei avoided each other = BRA ARG
Kim Jong Un inspected the missile = PRK
Defence Minister Shoigu toured the plant = RUS
NATO expanded, and the alliance grew = USA
Moscow blames the West for the war = RUS USA
Western sanctions hurt the Russian economy = USA RUS
Western and Ukrainian officials agreed = USA UKR
a pro-Western cabinet in Chisinau = USA MDA
Russia's fleet and China’s navy = RUS CHN
a US-China truce = USA CHN
a Russian-made rifle = RUS
pro-Russian separatists and anti-American slogans = RUS USA
Sino-Russian drills = CHN RUS
the Russo-Ukrainian border = RUS UKR
a US-led coalition without non-US staff = USA USA
CHINA AND RUSSIA SIGN GAS DEAL = CHN RUS
RUSSIA'S ARMY ADVANCES = RUS
Georgia and Moldova fear Moscow = GEO MDA RUS
Tbilisi says Georgia will join = GEO GEO
Jordan intercepted the drones = JOR
Chad asked French troops to leave = TCD FRA
Turkey bought the missiles = TUR
Congo's army retook Goma = COD
Congolese troops near Brazzaville rebelled = COG COG
Kosovo thanked its partners = XKX
Palestinians and Israelis talked = PSE ISR
Hong Kong, Macao, Guam and Puerto Rico = HKG MAC GUM PRI
the Vatican mediated = VAT
St. Lucia recognised Taipei = LCA TWN
Finns, Swedes, Danes and Poles voted = FIN SWE DNK POL
Kazakh and Uzbek envoys met = KAZ UZB
Lima rejected the offer = PER
a treaty between Santiago and Beijing = CHL CHN
Iranian-American relations are frozen = IRN USA
the Foreign Office summoned the envoy = GBR
Saudi Arabia and the Saudis = SAU SAU
the DPRK and the ROK = PRK KOR
owners of American real estate = USA
Germany won the contract = DEU
the Central Bank of Iran raised rates = IRN
a thaw in Russian-American ties = RUS USA
the U.S. Naval Academy trained them = USA
the strike had two backers in the region - Iran and the United States. = IRN USA
Xi told The Hague to wait = CHN NLD
Australian Foreign Minister Wong spoke = AUS AUS
"""

TRAPS = """
Voters in Atlanta, Georgia, queued for hours =
the Georgia Senate runoff =
Gov. Brian Kemp of Georgia vetoed the bill =
prosecutors in Georgia charged him =
Michael Jordan retired twice =
Jordan Peterson sold books =
Jim Jordan chairs the panel =
said Jordan Avery, a plumber =
she roasted a turkey =
a Turkey sandwich with mustard =
a Thanksgiving Turkey dinner =
Chad Evans fixed the roof =
a bridge in New Jersey =
he wore a yellow jersey =
Jersey City is growing =
the first Indian American mayor =
African American voters turned out =
Native American tribes sued =
a Cuban American senator =
raids in the West Bank =
the US dollar slipped =
it cost US$40 million =
priced in Canadian dollars =
savings in Egyptian pounds =
a weaker Japanese yen =
patrols in the South China Sea =
the East China Sea is shallow =
ferries cross the Sea of Japan =
a tanker in the Gulf of Oman =
a collision in the Philippine Sea =
the Indian Ocean warms =
the Taiwan Strait is narrow =
a plate of French fries =
a pet Guinea pig =
the forests of New Guinea =
fighting in Congo went on =
talks on Korea resumed =
Latin America grows slowly =
Central American migrants rested =
North America is cold =
farmers in South America =
the Americas are vast =
American football is popular =
the Irish Times reported it =
the Washington Post printed it =
the New York Times printed it =
a column in The Japan Times =
a China Daily editorial =
Bank of America cut rates =
American Airlines cancelled flights =
shares of China Mobile fell =
the German Marshall Fund studied it =
a dean at the University of Canada West =
a lecturer at Chinese University =
the American Enterprise Institute argued =
the Russian Orthodox Church split =
the Spanish flu of 1918 =
the Washington Commanders lost =
she won the French Open =
he speaks Russian at home =
the letter was written in Russian. =
a Spanish-language daily =
a veteran of the Vietnam War =
they left the Paris Agreement =
under the Minsk agreements =
the Vienna Convention protects envoys =
the Oslo accords failed =
the Budapest Memorandum was signed =
talks in Geneva stalled =
forests of Washington state =
George Washington crossed the river =
Denzel Washington starred =
a bag of Lima beans =
Cuba Gooding won a prize =
Paris Hilton sang =
Lisa Monaco testified =
Mark Cuban invested =
Kanye West rapped =
a road in West Virginia =
ports of the West Coast =
nations of West Africa =
the Wild West of finance =
Key West flooded =
in western Ukraine's hills = UKR
Western Australia mined iron =
the Western Wall plaza =
Soviet tanks rolled in =
the Soviet Union collapsed =
Brussels fined the firm =
the European Union fined it =
ASEAN and the Gulf met =
Kingston, a singer from the island =
Victoria opened the door =
Georgetown University hired her =
Hamilton is a musical =
Stanley parked the car =
Melania Trump spoke =
Hunter Biden was charged =
guests at Trump Tower =
Korean barbecue is smoky =
the Bermuda Triangle =
Northern Ireland voted =
the North Pole melts =
Indo-Pacific strategy papers =
published in Chinese and English for foreign readers =
an Anglo-Saxon king =
an Islamic NATO =
NOBODY TOLD US ANYTHING, LET US GO =
the Islamic State of Iraq and Syria =
Brown, Rice and May had lunch =
Li, Wang and Park sang =
Sen. Marco Rubio filed a bill =
the old walls of Xi'an =
spokesman Abbas Karimi spoke =
South Korean Minister Kim resigned = KOR
Prices rose again across the region - Egypt Independent =
"""


def table(rows: str) -> list[tuple[str, str]]:
    """Return (phrase, codes) from lines of "phrase = codes"."""
    pairs = (line.rpartition("=") for line in rows.strip().splitlines())
    return [(phrase.strip(), codes.strip()) for phrase, _, codes in pairs]


@pytest.mark.parametrize(("phrase", "codes"), table(MENTIONS))
def test_a_mention_is_found(phrase: str, codes: str) -> None:
    assert " ".join(mention.state for mention in find_mentions(phrase)) == codes


@pytest.mark.parametrize(("phrase", "codes"), table(TRAPS))
def test_a_trap_is_left_alone(phrase: str, codes: str) -> None:
    assert " ".join(mention.state for mention in find_mentions(phrase)) == codes


def test_the_table_holds_at_least_150_phrases_half_of_them_traps() -> None:
    mentions, traps = table(MENTIONS), table(TRAPS)
    assert len(mentions) + len(traps) >= 150
    assert len(traps) >= 75
