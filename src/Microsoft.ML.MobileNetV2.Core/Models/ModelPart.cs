namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents a transformer in a saved model.</summary>
/// <param name="Parent">The folder of the chain that it is in; empty for the model itself.</param>
/// <param name="Index">Its index in the chain.</param>
/// <param name="Folder">Its own folder.</param>
/// <param name="Loader">The name under which ML.NET finds its loader.</param>
internal sealed record ModelPart(string Parent, int Index, string Folder, string Loader)
{
    internal const string OnnxLoader = "OnnxTransform";

    /// <summary>Gets the name of the entry with the ONNX model, where the transformer has one.</summary>
    internal string NetworkEntry => NetworkEntryIn(Folder);

    internal static string NetworkEntryIn(string folder) => $"{folder}/OnnxModel";
}
