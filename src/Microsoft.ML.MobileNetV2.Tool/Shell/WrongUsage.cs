using System.CommandLine;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Says what is wrong with a command line.</summary>
internal static class WrongUsage
{
    private const int LeastLength = 3;
    private const int MostEdits = 2;

    /// <summary>Returns what is wrong, in lines. Of words that nothing is known of it is the first alone: the others follow from it.</summary>
    internal static IEnumerable<string> Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal);
        }

        string word = parsed.UnmatchedTokens[0];
        System.CommandLine.Command command = parsed.CommandResult.Command;
        IEnumerable<Option> options = command.Options.Concat(parsed.RootCommandResult.Command.Options);
        IEnumerable<string> names = command.Subcommands.Select(inner => inner.Name).Concat(options.Select(option => option.Name));
        string? meant = FindMeant(word, names);
        return [$"Unrecognized command or argument '{word}'.{(meant is null ? string.Empty : $" Did you mean '{meant}'?")}"];
    }

    /// <summary>Returns the name that a misspelled word is closest to; null where none is close.</summary>
    private static string? FindMeant(string word, IEnumerable<string> names) => word.Length < LeastLength ? null
        : names.Select(name => (Name: name, Edits: CountEdits(word, name))).Where(pair => pair.Edits <= MostEdits).OrderBy(pair => pair.Edits).FirstOrDefault().Name;

    /// <summary>Returns how many letters must be inserted, deleted, replaced, or swapped with the next one.</summary>
    private static int CountEdits(string word, string name)
    {
        int[,] edits = new int[word.Length + 1, name.Length + 1];
        for (int i = 0; i <= word.Length; i++)
        {
            for (int j = 0; j <= name.Length; j++)
            {
                edits[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (word[i - 1] == name[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && word[i - 1] == name[j - 2] && word[i - 2] == name[j - 1])
                {
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
                }
            }
        }

        return edits[word.Length, name.Length];
    }
}
