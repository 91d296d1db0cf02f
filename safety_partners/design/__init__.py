"""The NHS design system in our hands: layouts, components, form fields, lists. It knows no word of the domain."""
