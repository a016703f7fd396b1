using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Recognizes the .keras files of Keras 3: zip files with the description of the model and its weights.</summary>
internal static class KerasArchive
{
    private const string WeightsName = "model.weights.h5";

    /// <summary>Returns the part with the weights; null where the archive is no .keras file.</summary>
    internal static ZipArchiveEntry? Find(ZipArchive archive) => archive.GetEntry(WeightsName);
}
