using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Finds the reference data (real weights, real images, golden values), which are not part of the repository.</summary>
internal static class ReferenceData
{
    internal const string Variable = "MOBILENETV2_REFERENCE";

    internal static bool IsPresent => Directory.Exists(Environment.GetEnvironmentVariable(Variable));

    internal static string PathOf(params string[] parts)
    {
        string root = Environment.GetEnvironmentVariable(Variable)
            ?? throw new DirectoryNotFoundException($"Set {Variable} to the folder of the reference data.");
        string path = Path.Combine([root, .. parts]);
        return Path.Exists(path) ? path : throw new FileNotFoundException($"The reference data lack '{path}'.", path);
    }

    internal static Checkpoint ReadSafetensors(params string[] parts)
    {
        string path = PathOf(parts);
        using FileStream stream = File.OpenRead(path);
        return SafetensorsReader.Read(stream, path);
    }

    internal static IReadOnlyDictionary<string, string>[] ReadTable(params string[] parts) => Table.Read(PathOf(parts));
}
