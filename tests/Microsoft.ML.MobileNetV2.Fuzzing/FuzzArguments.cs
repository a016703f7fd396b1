using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Reads the command line.</summary>
internal sealed class FuzzArguments(string[] args)
{
    internal const int DefaultSeed = 20180113;

    internal int Seed => Number("--seed", DefaultSeed);

    internal int Iterations => Number("--iterations", 10_000);

    internal int First => Number("--first", 0);

    /// <summary>Gets the folder for inputs with findings, and for the number of the input that was read last.</summary>
    internal string Folder => Find("--folder") ?? "fuzzing";

    internal string? File => Find("--file");

    internal string? SharpFuzz => Find("--sharpfuzz");

    internal IReadOnlyList<string> Targets => Find("--target") is { } names and not "all" ? Known(names.Split(',')) : [.. FuzzTargets.All.Keys];

    private static string[] Known(string[] names) => Array.Find(names, name => !FuzzTargets.All.ContainsKey(name)) is { } unknown
        ? throw new ArgumentException($"'{unknown}' is no target; expected one of {string.Join(", ", FuzzTargets.All.Keys)}, or all.")
        : names;

    private int Number(string name, int fallback) => Find(name) is not { } text ? fallback
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
        : throw new ArgumentException($"{name} is '{text}'; expected a whole number.");

    private string? Find(string name)
    {
        int index = Array.IndexOf(args, name);
        return index < 0 ? null : index + 1 < args.Length ? args[index + 1] : throw new ArgumentException($"{name} needs a value.");
    }
}
