"""Labels by people: choosing sentences that are worth their time, handing them out, taking them back."""
