"""Messages as customers write them: a small grammar with a vocabulary of its own.

A message is one or two sentences about a topic, mostly with an opening or an ending. What a sentence speaks of is drawn
anew wherever a name in braces stands.
"""

import random
import re

SLOTS = {
    "city": """Agra Bengaluru Bhopal Chennai Coimbatore Delhi Goa Guwahati Hyderabad Indore Jaipur Kanpur Kochi
        Kolkata Lucknow Madurai Mangaluru Mumbai Mysuru Nagpur Nashik Patna Pune Raipur Ranchi Shimla Surat Thane
        Vadodara Varanasi""".split(),
    "name": """Aarav Aditi Ananya Arjun Bhavna Chirag Deepa Devika Farhan Gauri Harish Imran Ishaan Jaya Kabir Kavya
        Lakshmi Manish Meera Mohan Nandini Neha Omkar Pallavi Pranav Priya Rahul Rekha Rohan Sana Shreya Suresh Tara
        Uma Varun Vikram Yusuf Zoya""".split(),
    "day": """today|yesterday|tomorrow|on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|on Saturday|last
        Sunday|this weekend|next week|last month|in the morning|in the evening|before noon|after lunch|
        at night""".split("|"),
    "ago": """two days ago|three days ago|a week ago|ten days ago|an hour ago|last week|a fortnight ago|weeks ago|
        ages ago|just now|the day before yesterday|since the festival|for a month now""".split("|"),
    "colour": "red blue green black white golden maroon purple yellow orange grey brown turquoise silver pink".split(),
    "size": "small|medium|large|extra large|double|king size|half litre|two litre|children's|ladies'|men's".split("|"),
    "thing": """kurta|saree|dupatta|sherwani|lehenga|jacket|blanket|bedsheet|curtain|carpet|pressure cooker|mixer|
        kettle|induction stove|lunch box|water bottle|ceiling fan|air cooler|table lamp|study table|bookshelf|
        mattress|pillow|sofa cover|mobile cover|charger|power bank|headphones|smart watch|speaker|keyboard|printer|
        helmet|raincoat|backpack|trolley bag|cricket bat|badminton racket|yoga mat|running shoes|sandals|necklace|
        bangles|earrings|sunglasses|perfume|face cream|hair oil|shampoo|baby stroller|toy train|board game|notebook
        set|fountain pen|umbrella""".split("|"),
    "flaw": """torn|broken|scratched|faded|leaking|dented|too tight|too loose|missing a part|making a strange noise|
        not switching on|heating up|smelling odd|without the warranty card|different from the picture|stained|
        already opened|past its date""".split("|"),
    "number": [],
    "amount": [],
}

TOPICS = [
    ["where is my parcel number {number}", "the courier says my {thing} is still in {city}",
     "the tracking has not moved {ago}", "nobody rang the bell {day} but it says delivered",
     "please send the {thing} to my office in {city} instead", "the rider called from {city} and hung up",
     "can the delivery come {day}", "my neighbour {name} got my parcel"],
    ["I want to return the {colour} {thing}", "the {size} {thing} is {flaw}",
     "please exchange it for the {colour} one", "the {thing} arrived {flaw} {ago}",
     "nobody came to pick up the {thing} {day}", "how do I send back a {size} {thing}",
     "the {colour} {thing} from your {city} shop is {flaw}"],
    ["when will I get {amount} rupees back", "the refund of {amount} has not reached my account",
     "I was charged {amount} twice", "the coupon for the {thing} did not work",
     "payment failed but {amount} was deducted {ago}", "please waive the late fee of {amount}",
     "can I pay in instalments for the {thing}", "my invoice shows the wrong tax number"],
    ["is the {colour} {thing} in stock", "what does the {size} {thing} cost",
     "do you ship the {thing} to {city}", "will there be a sale {day}", "is the {thing} available in {colour}",
     "does the {thing} come with a guarantee", "can {name} try the {thing} at your {city} store",
     "which {thing} would you recommend for my mother"],
    ["I need an appointment with doctor {name} {day}", "please move my check-up to {day}",
     "are the blood reports of {name} ready", "is the clinic in {city} open {day}",
     "the pharmacy gave me the wrong tablets", "does the insurance cover a scan",
     "how long must I fast before the test", "the dentist in {city} cancelled {day}"],
    ["when does the new term begin", "the school bus did not stop for {name} {day}",
     "how do I pay the tuition fee of {amount}", "is there a seat left in the {city} batch",
     "{name} was absent {day} with fever", "please share the timetable for the exams",
     "the online lecture was cut off {ago}", "who teaches the spoken English course in {city}"],
    ["I want to cancel the flight to {city}", "is breakfast included at the hotel in {city}",
     "our cab to {city} never came {day}", "please add an elderly passenger called {name}",
     "can we check in early {day}", "the driver {name} asked for {amount} more",
     "is the museum in {city} closed {day}", "we lost a {colour} {thing} in the train to {city}"],
    ["my broadband has been down {ago}", "the router keeps blinking {colour}",
     "upgrade me to the {amount} plan", "I still get no signal in {city}", "how much data is left on my number",
     "please port my connection to {city}", "the technician {name} did not turn up {day}",
     "my recharge of {amount} is not showing"],
    ["I cannot log in {day}", "the one time code never arrives", "somebody changed my password {ago}",
     "please delete my account", "how do I change the address to {city}",
     "the app crashes when I open the {thing} page", "unsubscribe me from these offers",
     "my loyalty points vanished {ago}"],
    ["I have complained three times {ago}", "your agent {name} was rude {day}",
     "nobody answers the helpline {day}", "I will go to the consumer court", "let me speak to a manager",
     "{name} in {city} promised me a call back", "thank you {name} for the quick help {day}",
     "the staff in {city} were wonderful"],
    ["मेरा {thing} अभी तक नहीं आया", "मुझे {amount} रुपये वापस चाहिए", "कृपया {name} से बात कराइए",
     "mera {thing} kab aayega", "paise wapas chahiye {day}", "{city} mein dukaan kab khulegi",
     "order cancel kar do please", "bahut der ho gayi bhaiya"],
]

OPENINGS = ["", "", "Hi", "Hello", "Good morning", "Good evening", "Namaste", "Hey team", "Dear sir", "Dear madam",
            "Hi {name}", "Sorry to bother you again", "Quick question", "URGENT", "This is {name} from {city}", "Hello??"]
LINKS = [". Also, ", " and ", ", because ", ". By the way, ", "; besides, ", " but ", "... ", ", or "]
ENDINGS = ["", "", ".", "?", "!", "!!", ", please.", ". Thanks", ". Thank you, {name}", "? Please answer {day}.",
           ". My number is {number}", " 🙏", " 😡", ". It is for a wedding in {city}.", ", as {name} told me {ago}."]


class Grammar:
    """Draws messages; the same ones for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def message(self):
        draw = self.random.choice
        topic = draw(TOPICS)
        text = draw(topic)
        if self.random.random() < 0.4:
            text += draw(LINKS) + draw(topic)
        opening = draw(OPENINGS)
        if opening:
            text = opening + draw([", ", ". ", "! ", " - "]) + text
        return re.sub(r"\{(\w+)\}", lambda slot: self.fill(slot[1]), text + draw(ENDINGS))

    def fill(self, slot):
        if slot == "number":
            return str(self.random.randrange(10_000, 1_000_000))
        if slot == "amount":
            return str(self.random.randrange(1, 400) * 50 - 1)
        return " ".join(self.random.choice(SLOTS[slot]).split())
