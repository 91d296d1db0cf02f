"""Counts the SQL queries of a request that asks for it, and says the number in a header."""

from django.db import connection


class CountQueries:
    """Costs nothing unless the request says ``X-Count: yes``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.headers.get("X-Count") != "yes":
            return self.get_response(request)
        count = 0

        def counted(execute, sql, params, many, context):
            nonlocal count
            count += not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response["X-Queries"] = str(count)
        return response
