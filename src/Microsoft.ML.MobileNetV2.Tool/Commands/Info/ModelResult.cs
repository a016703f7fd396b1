namespace Microsoft.ML.MobileNetV2.Tool.Commands.Info;

/// <summary>Represents a saved model.</summary>
/// <param name="Model">The file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, as <c>expectedSha256</c> of <see cref="ImageClassifier.Load(string, ImageClassifierOptions?, string?)"/> takes it.</param>
/// <param name="Classes">Its classes in the order of its scores.</param>
/// <param name="LabelMode">Whether an image has one label or any number.</param>
/// <param name="Preprocessing">What happens to an image before the network.</param>
/// <param name="Weights">Where the network's weights come from.</param>
/// <param name="License">The license of the weights.</param>
/// <param name="Attribution">The attribution of the weights.</param>
/// <param name="Backbone">The network before the head.</param>
internal sealed record ModelResult(
    string Model,
    long Bytes,
    string Sha256,
    IReadOnlyList<string> Classes,
    string LabelMode,
    PreprocessingResult Preprocessing,
    string Weights,
    string License,
    string Attribution,
    ArchitectureResult Backbone);
