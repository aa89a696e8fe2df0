"""Sentences made for training: identities in good company, the talk of a conference, clinical words, plain insults.

All written for this project. The templates of `FRESH` are kept back from training, to measure with.
"""

import random
from collections.abc import Iterator

IDENTITIES = """
Muslim; Jewish; Christian; Catholic; Protestant; Hindu; Sikh; Buddhist; atheist; Jehovah's Witness; Mormon; Quaker;
Orthodox; Rastafarian; pagan; humanist; Hasidic; Shia; Sunni; Ahmadi; Taoist; Jain; Baha'i; evangelical; agnostic;
gay; lesbian; bisexual; pansexual; asexual; queer; trans; transgender; non-binary; nonbinary; genderfluid; intersex;
LGBT; LGBTQ; LGBTQ+; LGBTQIA; heterosexual; homosexual; straight; cisgender; cis; two-spirit; aromantic; Black;
white; brown; Asian; South Asian; East Asian; Chinese; Indian; Pakistani; Bangladeshi; African; Caribbean; Black
Caribbean; Black African; African American; Black British; British Asian; mixed race; mixed heritage; biracial;
Arab; Turkish; Kurdish; Iranian; Persian; Iraqi; Syrian; Afghan; Somali; Nigerian; Ghanaian; Eritrean; Sudanese;
Ethiopian; Kenyan; Jamaican; Romanian; Polish; Bulgarian; Lithuanian; Ukrainian; Russian; Albanian; Irish; Scottish;
Welsh; English; British; European; American; Canadian; Mexican; Latino; Latina; Latinx; Hispanic; Brazilian;
Japanese; Korean; Vietnamese; Filipino; Thai; Tamil; Sri Lankan; Nepali; Tibetan; Māori; Aboriginal; Native
American; Inuit; Indigenous; Palestinian; Israeli; Egyptian; Moroccan; Algerian; Tunisian; Libyan; Lebanese;
Jordanian; Yemeni; Saudi; French; German; Spanish; Italian; Portuguese; Greek; Dutch; Danish; Swedish; Norwegian;
Hungarian; Czech; Slovak; Australian; Middle Eastern; Eastern European; West Indian; Roma; Romani; Gypsy; Traveller;
Irish Traveller; Sinti; deaf; Deaf; hard of hearing; blind; deafblind; partially sighted; visually impaired; hearing
impaired; disabled; paralysed; paralyzed; quadriplegic; tetraplegic; paraplegic; wheelchair-using; autistic;
neurodivergent; dyslexic; dyspraxic; epileptic; diabetic; bipolar; schizophrenic; learning disabled; intellectually
disabled; amputee; physically disabled; chronically ill; mentally ill; HIV positive; non-verbal; dementia-friendly;
housebound; elderly; old; older; young; younger; middle-aged; middle aged; teenage; adolescent; retired; aged;
millennial; millenial; Gen Z; boomer; female; male; pregnant; single; widowed; divorced; working class; homeless;
poor; unemployed; migrant; immigrant; refugee; asylum-seeking; foreign; undocumented; care-experienced; adopted;
fostered; fat; overweight; obese; skinny; short; veteran; formerly incarcerated; left-handed; red-haired; rural;
northern
"""
PEOPLE = [name.strip() for name in IDENTITIES.replace("\n", " ").split(";")]

NOUNS = """
Muslims; Jews; Christians; Hindus; Sikhs; refugees; immigrants; migrants; asylum seekers; foreigners; women; men;
girls; boys; lesbians; gays; gay men; gay people; trans women; trans men; trans people; Black people; white people;
Asians; Black women; Black men; Muslim women; Jewish families; disabled people; autistic people; Deaf people; blind
people; Roma people; Travellers; Gypsies; Poles; Polish workers; Romanians; Nigerians; Somalis; Arabs; Pakistanis;
Africans; wheelchair users; older people; the elderly; pensioners; teenagers; students; homeless people; rough
sleepers; care leavers; single mothers; widows; veterans; sex workers; prisoners; people with dementia; people with
HIV; people with Down's syndrome; people with a learning disability; people with schizophrenia; queer people;
Latinos; bisexual people; non-binary people; Mexicans; Chinese people; Indians; nurses; carers; patients; boys and
men
""".replace("\n", " ")
GROUPS = [name.strip() for name in NOUNS.split(";")]

GOOD = (
    "kind friendly lovely great wonderful fantastic excellent happy gracious caring neat nice good fun incredible "
    "brilliant thoughtful proud amazing generous clever gifted calm funny patient warm beautiful best smart brave "
    "delightful talented polite honest loving sweet gentle superb cheerful decent helpful charming"
).split()
BAD = (
    "stupid nasty vile disgusting dumb horrible awful repulsive moronic idiotic terrible rotten ugly filthy pathetic "
    "worthless useless hateful shitty fucked dirty evil gross lousy"
).split()
JOBS = (
    "nurse;doctor;carer;social worker;teacher;cleaner;receptionist;porter;paramedic;midwife;chef;driver;student;"
    "parent;colleague;neighbour;friend;patient;volunteer;manager;pharmacist;dentist;farmer;electrician;writer;artist;"
    "politician;accountant;plumber;police officer;engineer;barber;waiter;lawyer;architect;actor;athlete;scientist"
).split(";")
NAMES = (
    "Ada;Ben;Chidi;Dana;Eilidh;Farah;Giorgos;Hana;Imran;Jo;Kwame;Lena;Mateusz;Nia;Oluwaseun;Priya;Quentin;Rosa;Sanjay;"
    "Tomasz;Uma;Vera;Wei;Xin;Yusuf;Zofia;Amir;Bronwyn;Carlos;Dmitri;Esther;Fatima;Grace;Hamza;Ines;Jamal;Keiko;Liam;"
    "Mohammed;Noor;Olga;Pedro;Rahul;Sofia;Thandi;Urszula;Viktor;Waleed;Yan;Zainab"
).split(";")

NEUTRAL = """
I am {p}; I'm a {p} woman; I'm a {p} man; I am a proud {p} person; As a {p} {j} I work nights; My dad is {p}; My mum
is {p} and my dad is not; We are a {p} family; {n} is {p}; {n} is a {g} {p}; {n} is a {g} {p} {j}; You are a {g}
{p}; You are a {g} {j}; {n} is a {p} {j}; {n} is a {j}; Being {p} is {g}; Being {p} is not a crime; hug {p}; respect
{p}; love {p}; like {p}; support {p}; I love being {p}; some people are {p}, so what; my boss is {p} and {g}; {n} is
a {g} {p} who plays chess; a {p} person is a person; I have a {p} friend; are you {p}?; how many {p} people live
here?; this is a {p} community centre; the {p} {j} was {g} to my nan; We asked {p} people what matters to them; {p}
staff networks make a difference; Great talk on {p} patients and pain relief; Why do {p} women die more often in
labour?; {p} people wait longer for a diagnosis; a {p} man told us how he was treated; Listen to {p} voices; {p}
History Month at our trust; Care that respects {p} residents; What does good care look like for a {p} elder?; Our
{p} colleagues deserve better; Is the app tested with {p} users?; The evidence on {p} mental health is thin; my {p}
grandma makes the best soup; {n}, who is {p}, spoke about her ward; I came out as {p} at work and everyone was {g};
nobody should be afraid to be {p}; She is a {g} {p} {j} and I learned so much; it is fine to be {p}; the {p}
patients on our ward felt heard; the word {p} should be on the form; I am {p} and I run a care home; {g} to see a
{p} keynote speaker
"""
NEUTRAL_GROUPS = """
{G} are {g}; I love {G}; I respect {G}; I work with {G} every day; {G} deserve {g} care; Most {G} I know are {g};
We built the service with {G}; {G} are our neighbours; Not enough {G} in this trial; How do we reach {G}?;
{G} and {G} get on well; Racism against {G} is wrong; Hate against {G} must stop; No one should be rude to {G};
I don't hate {G}; I can't believe people hate {G}; We need more {G} in leadership; {G} die younger, why?;
Vaccination among {G} is lower; a clinic for {G}; What do {G} think of the app?; {G} told us that they feel judged;
Violence against {G} is rising and we must act; {G} are welcome here; the rights of {G} matter; housing for {G};
abuse of {G} in care homes must be reported; discrimination against {G} in maternity care; thank you to all {G} here
"""
FRESH = """
My neighbour is {p} and waters my plants; {n} described life as a {p} {j}; this panel needs a {p} voice;
{p} and tired but glad I came; the interpreter helped a {p} couple; we hired a {g} {p} {j} last month;
{n} from the {p} network is on stage now; I grew up {p} in Leeds; services rarely ask whether someone is {p}
"""
ATTACK = """
all {G} are {b}; {G} are {b} and should leave; I hate {G}; {G} are scum; get rid of {G}; {G} disgust me; {G} are
vermin; {G} are {b} animals; no {G} here, go home; {G} are not human; kick all {G} out; {G} ruin everything, {b}
parasites; I can't stand {G}, {b} people; {n} is a {b} {p}; you {b} {p}; another {b} {p}; Being {p} is {b}; You are
a {b} {p}; {G} should be shot; {G} should be deported, all of them; {G} belong in the bin; send {G} back where they
came from; {p} people are {b}; {p} people are inferior; you {p} {b} thing; hate {p}; exterminate {G}; {G} make me
sick
"""

INSULTS = (
    "idiot;moron;numpty;muppet;pillock;plonker;wazzock;prat;twit;div;halfwit;dimwit;cretin;imbecile;clown;fool;loser;"
    "waste of space;waste of oxygen;scumbag;scum;toerag;weirdo;creep;coward;liar;fraud;disgrace;joke;parasite;pig;cow;"
    "snake;rat;bellend;knob;tosser;wanker;twat;git;arsehole;shithead;dickhead;bastard;gobshite;minger;munter;thicko;"
    "nutter;nutjob;psycho;freak;witch;hag;sheep;snowflake;simpleton;airhead;nobody;failure;embarrassment;slag;tart;"
    "piece of rubbish;piece of crap;piece of trash;pathetic excuse for a human;lazy sod;spineless worm;jobsworth;dope;"
    "melt;mug;wet wipe;bampot;eejit;gimp;numbskull;blockhead;dunce;know-nothing;windbag;charlatan;crook;hypocrite"
).split(";")
AIMED = """
you {i}; you are a {i}; you're such a {i}; you absolute {i}; what a {i}; what an utter {i}; he is a {i}; she's a
total {i}; the speaker is a {i}; this {i} on stage; shut up you {i}; sit down you {i}; get off the stage {i};
typical {i}; {n} is a {i}; {n} you {i}; only a {i} would say that; these people are {i}s; bunch of {i}s; a room full
of {i}s; can someone remove this {i}; my manager is a {i}; the minister is a {b} {i}; {b} {i}; you {b} {i}; go away
{i}; nobody likes you, {i}; whoever booked this {i} should be sacked; who let this {i} in; fuck off {i}
"""
HOSTILE = """
shut up; shut your mouth; nobody cares what you think; go to hell; drop dead; get lost; I hope you die; kill
yourself; you make me sick; you disgust me; I hate you; you are pathetic; you are worthless; you are thick; you are
a waste of time; what is wrong with you; you stink; you are ugly; you look like a pig; fat ugly cow; stupid woman;
stupid man; dumb girl; he is thick as mince; she is as thick as two short planks; are you stupid or what; are you
brain dead; you have no brain; this talk is shit; what a load of crap; utter bollocks; this is bullshit; piss off;
bugger off you lot; sod off; bite me; screw you; fuck you; fuck this conference; fuck off; suck my dick; eat shit;
you should be ashamed you vile person; go back to where you came from; I will smash your face in; someone should
punch him; I'd love to slap her; hang them all; they should all be shot; these people are animals; they are filth;
vermin the lot of them; stupid cow; lazy cow; silly cow; get a life losers; clueless idiots the lot of you; what an
idiot; what a moron; brainless idiots; liars and crooks; you lying scum; he's a pervert; dirty old man; you sick
freak; you psycho; total nutcase; retarded idea; what a retard
"""

TALK = """
{o} {t}; {o} {t} {h}; {t} – {o} {h}; Question for {n}: {q}; {q} {h}; {q}; Thank you {n} for {t}; Loved {t}, {o} {h};
Can the slides on {t} be shared?; {n} on {t}: {o} {h}; {t}?; As a {j} I see {t} every day; {o} Our team is working
on {t}; Hot take: {t} matters more than {t}; Sitting at the back for {t}, {o}; The evidence for {t} is weak, says
{n} {h}
"""
OPENINGS = """
Great session on; Really honest talk about; So much to take home from; Not convinced by; Struggling to hear; I
disagree on; Powerful words on; Finally someone says it about; Killer slides on; Damn good panel on; Bloody
brilliant session on; Tough questions about; I hate queues but loved; Sick of waiting lists, glad to hear about;
Dead impressed by; Crazy numbers on; Insane figures on; Stupidly busy room for; Shocking data on; Mad respect for;
It is a disgrace how little we fund; Shame on all of us about; The system is failing on; We fail people on; It's
painful to watch; Terrible figures on; The wifi is awful but great talk on; Freezing in hall B during; Boring lunch,
brilliant talk on; I was wrong about
""".replace("\n", " ")
TOPICS = """
breast screening; rectal examination; sexual health in older age; vaginal birth after caesarean; penile cancer;
prostate exams; anal fissures; erectile dysfunction; bowel habits; faecal incontinence; urine samples; sperm
donation; nipple pain while breastfeeding; female genital mutilation; rape crisis services; child sexual abuse
inquiries; domestic violence; suicide prevention; self-harm in teenagers; drug deaths; assisted dying; end of life
care; killing off bacteria; retarded growth in the womb; mental retardation as an old term; spastic diplegia;
crippling pain; cock-up reviews after incidents; dumb terminals on the ward; crack cocaine use; heroin substitution;
methadone; alcohol and liver death; dirty needles; fat shaming; obesity stigma; body mass index; head lice; worms in
children; parasites; pubic lice; herpes; gonorrhoea; syphilis; chlamydia; HIV stigma; menstrual health; menopause;
abortion care; miscarriage; stillbirth; sex education; consent; intimate care for residents; masturbation in care
homes; testicular torsion; colonoscopy; stool tests; vulval pain; semen analysis; intercourse after surgery; thrush;
puberty blockers; gender clinics; conversion therapy bans; transgender health; racism in the NHS; Islamophobia at
work; antisemitism in medicine; homophobia on the ward; ageism in triage; ableism; hate crime support; modern
slavery; county lines; looked after children; foster care; safeguarding adults; restraint in wards; seclusion;
violence against staff; verbal abuse of receptionists; swearing patients; angry relatives; blame culture;
whistleblowing; killer bugs; superbugs; dying matters; bedsores; moist wounds; dementia wards; ADHD waits; autism
diagnosis; psychosis; bipolar disorder; schizophrenia; personality disorder; addiction; needle exchange; prison
health; care home visits; the workforce plan; social care pay; discharge to assess; virtual wards; digital
inclusion; shared care records; winter pressures; ambulance waits; dental deserts; hospital food; parking; staff
wellbeing; burnout; menopause leave
"""
QUESTIONS = """
how do we stop abuse of staff?; why are Black women more likely to die in childbirth?; what happens to the data?;
who pays?; what about rural areas?; how do you talk to men about sex after prostate cancer?; can patients refuse?;
is it too late?; how do you deal with racist patients?; why do we call them bed blockers?; what if a resident hits a
carer?; is it legal?; how do you talk to a teenager who cuts themselves?; does it work for Deaf people?; what would
you do differently?; when?; are we too fat to operate on?; how many people died waiting?; what is stopping you?;
what did carers say?; who is missing?; could you say more about the trial?; why should we trust you?; does this kill
jobs?; is it safe for pregnant women?; why do boys not ask for help?; how do you handle complaints?; do you know how
many girls were cut?; will it shoot up costs?; what do you say to those who call it woke?; can you repeat the
question?; where is the toilet?; is there vegan food?
"""
HASHTAGS = (
    "#WinterCare #CareConf #NHSConf #SocialCare #DigiHealth #PatientSafety #MHForum #AlliedHealth #HomeCare".split()
)

VERNACULAR = """
he be workin late every day; she been told y'all about that; I'm finna head home; we tryna get some food; ain't
nobody got time for that; bruh that talk was fire; y'all wildin today lol; that boy cold with it; she gon do great;
they been knew; im dead lmaooo; no cap this panel slaps; deadass the best nurse I ever had; my cuzzo just got the
job; auntie said she comin; we out here at the conference; he stay helpin folk; imma ask her after; lemme get a
seat; ion even know what room; dis my favorite part; u already know; on god that was good; lil bro passed his exam;
big bro came thru; thas wassup; ayyye we made it; talkin bout care homes fr fr; ya girl got the grant; she snatched
dat award; my homie a paramedic; dat food bussin; she ate that; no lie he a real one; bout to go in; gotta love my
folks; how u doin fam; yo this wifi trash tho; wen u get here; lmk wassup; where y'all at; he got game; me n my sis
at the keynote; i'm so weak; this mess crazy; chile listen; dem nurses be tired; we finna start; he don't play;
that's my dawg; he a goat; it's lit in hall b; stay blessed
""".replace("\n", " ")


OFTEN_ABUSED = ("queer", "gay", "white", "Jewish", "Black", "Chinese", "immigrant", "female", "lesbian", "homosexual",
                "Muslim", "trans", "Mexican", "Asian", "Arab", "fat", "old", "brown", "Gypsy", "Roma",
                "Traveller")  # fmt: skip
"""Words that the sets know mostly from attacks: they need more good company than others."""

SHORT = """
{p}; i am {p}; I'm {p}; hug {p}; love {p}; like {p}; respect {p}; accept {p}; {n} is {p}; {n} is a {g} {p}; {n} is a
{p} {j}; Being {p} is {g}; being {p} is {g}; You are a {g} {p}; You are {p}; she is a {g} {p} woman; he is a {g} {p}
man; {p} pride; {p} and {g}; a {g} {p} {j}; {p} people; {p} carers; {p} voices; {p} history; we are {p}; my {p}
friend; {p} patients
"""


def in_good_company(people: list[str], dice: random.Random) -> Iterator[str]:
    """Every identity in every short frame; those that are often abused more often."""
    for name in people:
        for frame in split(SHORT) * (4 if name in OFTEN_ABUSED else 1):
            text = fill(frame, dice, [name])
            yield text.lower() if dice.random() < 0.5 else text


def split(lines: str) -> list[str]:
    return [line.strip() for line in lines.replace("\n", " ").split(";") if line.strip()]


_OPENINGS, _TOPICS, _QUESTIONS = split(OPENINGS), split(TOPICS), split(QUESTIONS)


def fill(template: str, dice: random.Random, people: list[str]) -> str:
    """One sentence from a template; each gap is filled anew."""
    wells = {"{p}": people, "{G}": GROUPS, "{g}": GOOD, "{b}": BAD, "{j}": JOBS, "{n}": NAMES, "{i}": INSULTS,
             "{o}": _OPENINGS, "{t}": _TOPICS, "{q}": _QUESTIONS, "{h}": HASHTAGS}  # fmt: skip
    for gap, words in wells.items():
        while gap in template:
            template = template.replace(gap, dice.choice(words), 1)
    return template


def sentences(templates: str, count: int, dice: random.Random, people: list[str]) -> Iterator[str]:
    chosen = split(templates)
    for number in range(count):
        text = fill(chosen[number % len(chosen)], dice, people)
        yield text if dice.random() < 0.7 else text.lower()
