using System.CommandLine.Parsing;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Names commands as one types them.</summary>
internal static class CommandNames
{
    /// <summary>The name of the tool.</summary>
    internal const string Tool = "mobilenetv2";

    /// <summary>Returns the command with those above it, such as <c>mobilenetv2 weights list</c>.</summary>
    internal static string PathOf(SymbolResult command)
    {
        Stack<string> names = [];
        for (SymbolResult? result = command; result is CommandResult { Parent: not null } current; result = current.Parent)
        {
            names.Push(current.Command.Name);
        }

        return string.Join(' ', names.Prepend(Tool));
    }
}
