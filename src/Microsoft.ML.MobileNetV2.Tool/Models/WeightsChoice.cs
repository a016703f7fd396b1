using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Models;

/// <summary>Finds weights by what a person calls them.</summary>
internal static class WeightsChoice
{
    /// <summary>The default.</summary>
    internal const string Bundled = "bundled";

    private const string BundledSmall = "bundled-small";
    private const string WayOut = "Give a safetensors, PyTorch, Keras or ONNX file.";

    /// <summary>Gets the names of the weights that are part of the library.</summary>
    internal static IReadOnlyList<string> BundledNames { get; } = [Bundled, BundledSmall];

    /// <summary>Returns weights: bundled ones, an entry of the catalog, or a file. Nothing is downloaded yet.</summary>
    /// <param name="name">A name, or the path of a file.</param>
    /// <exception cref="CommandException">There is no such entry and no such file.</exception>
    /// <exception cref="WeightsFormatException">The file does not hold weights of MobileNetV2.</exception>
    internal static MobileNetV2Weights Find(string name) => name switch
    {
        Bundled => MobileNetV2Weights.Bundled,
        BundledSmall => MobileNetV2Weights.BundledSmall,
        _ when FindEntry(name) is { } entry => MobileNetV2Weights.FromCatalog(entry),
        _ when File.Exists(name) => FromFile(name),
        _ when Directory.Exists(name) => throw new CommandException($"'{name}' is a folder. {WayOut}"),
        _ => throw new CommandException(
            $"There are no weights '{name}': it is no file and no name. '{CommandNames.Tool} weights list' shows the names, such as {Bundled} and imagenet-1.0-224."),
    };

    /// <summary>Returns the weights of a file.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file does not hold weights of MobileNetV2.</exception>
    internal static MobileNetV2Weights FromFile(string path)
    {
        InputPath.RequireFile(path, WayOut);
        return MobileNetV2Weights.FromFile(path);
    }

    /// <summary>Returns the file that weights are read from; none for those that have a name.</summary>
    internal static IEnumerable<string> FilesOf(string name) => BundledNames.Contains(name) || FindEntry(name) is not null ? [] : [name];

    /// <summary>Gets the entries of the catalog that can be downloaded.</summary>
    internal static IEnumerable<PretrainedWeights> Downloads => MobileNetV2Weights.Catalog.Where(entry => entry.Address is not null);

    /// <summary>Returns an entry of the catalog that can be downloaded by its name; null where there is none.</summary>
    internal static PretrainedWeights? FindEntry(string name) =>
        Downloads.FirstOrDefault(entry => string.Equals(entry.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns about how many bytes a network takes in a file.</summary>
    internal static long EstimateLength(MobileNetV2Weights weights) =>
        sizeof(float) * weights.Description.Architecture.GetLayers().Sum(layer => layer.ParameterCount + layer.BatchNormParameterCount);
}
