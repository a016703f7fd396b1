using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Reads the command line.</summary>
internal sealed class BenchmarkArguments(string[] args)
{
    internal float Width => float.Parse(Find("--width") ?? "1.0", CultureInfo.InvariantCulture);

    internal int Size => int.Parse(Find("--size") ?? "224", CultureInfo.InvariantCulture);

    internal int Rounds => int.Parse(Find("--rounds") ?? "5", CultureInfo.InvariantCulture);

    internal int Threads => int.Parse(Find("--threads") ?? $"{Environment.ProcessorCount}", CultureInfo.InvariantCulture);

    internal int Rows => int.Parse(Find("--rows") ?? "200", CultureInfo.InvariantCulture);

    internal string Pipeline => Find("--pipeline") ?? "ours";

    /// <summary>Gets the Pythons to try for one that has PyTorch: the first on the path is often a virtual environment without.</summary>
    internal string[] Pythons => Find("--python") is { } python ? [python] : ["python3", "/usr/bin/python3"];

    internal bool IsJson => args.Contains("--json");

    internal bool Has(string flag) => args.Contains(flag);

    internal string Text(string name, string fallback) => Find(name) ?? fallback;

    internal string ReferenceFolder => Find("--reference") ?? throw new ArgumentException("--reference <folder> is missing.");

    internal bool IsFullDecoding => args.Contains("--full-decoding");

    internal int Number(string name, int fallback) => Find(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;

    internal string[] Images()
    {
        string folder = Find("--images") ?? throw new ArgumentException("--images <folder> is missing.");
        string[] images = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        return images.Length > 0 ? images : throw new ArgumentException($"The folder '{folder}' holds no images.");
    }

    private string? Find(string name)
    {
        int index = Array.IndexOf(args, name);
        return index < 0 ? null : index + 1 < args.Length ? args[index + 1] : throw new ArgumentException($"{name} needs a value.");
    }
}
