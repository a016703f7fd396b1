using System.Reflection;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Opens the files of the folder assets that are embedded in the assembly.</summary>
internal static class EmbeddedAsset
{
    internal static Stream Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly lacks its resource '{name}'; it was not built from this project.");
}
