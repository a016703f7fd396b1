using DuckDB.NET.Data;

namespace ImageSearch;

/// <summary>Provides short forms of what the index asks of DuckDB.</summary>
internal static class Database
{
    internal static DuckDBConnection OpenInMemory()
    {
        DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        return connection;
    }

    internal static int Execute(this DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.Prepare(sql);
        return command.ExecuteNonQuery();
    }

    internal static DuckDBCommand Prepare(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        return command;
    }

    /// <summary>Returns a text of SQL. The names of files in COPY and read_parquet cannot be parameters.</summary>
    internal static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Returns a path for read_parquet, which takes some characters for a pattern.</summary>
    internal static string QuotePattern(string path) =>
        Quote(string.Concat(path.Select(character => character is '[' or '*' or '?' ? $"[{character}]" : character.ToString())));
}
