"""What all mutations share."""

from __future__ import annotations

import graphene


class MutationError(graphene.ObjectType):
    """Why a mutation did nothing, in a form that the reader can mend."""

    code = graphene.String(required=True, description="For programs: a constant in capitals.")
    message = graphene.String(required=True, description="For people, in the language of Accept-Language.")
    field = graphene.String(description="The field of the input that is at fault; null where none is.")
