using System.CommandLine;
using System.CommandLine.Parsing;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Adds to commands what every one of their options and arguments refuses.</summary>
internal static class CommonChecks
{
    /// <summary>Refuses empty texts, and options that there are not, for a command and those below it.</summary>
    internal static void Add(System.CommandLine.Command command)
    {
        foreach (Option option in command.Options.Where(option => IsText(option.ValueType)))
        {
            option.Validators.Add(result => RefuseEmpty(result, option.Name, result.Tokens));
        }

        foreach (Argument argument in command.Arguments.Where(argument => IsText(argument.ValueType)))
        {
            argument.Validators.Add(result => RefuseEmpty(result, $"The argument '{argument.Name}'", result.Tokens));
            argument.Validators.Add(RefuseUnknownOptions);
        }

        foreach (System.CommandLine.Command inner in command.Subcommands)
        {
            Add(inner);
        }
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);

    private static void RefuseEmpty(SymbolResult result, string name, IReadOnlyList<Token> tokens)
    {
        if (tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        {
            result.AddError($"{name} is empty; expected a value. A variable of the script is perhaps not set.");
        }
    }

    /// <summary>Refuses misspelled options, which the parser takes for files.</summary>
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value is ['-', _, ..] && !Path.Exists(token.Value)))
        {
            result.AddError($"There is no option '{token.Value}'. For a file of that name write './{token.Value}'.");
        }
    }
}
