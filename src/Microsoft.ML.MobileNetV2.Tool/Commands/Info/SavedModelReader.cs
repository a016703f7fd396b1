using System.Security.Cryptography;
using Microsoft.ML.MobileNetV2.Tool.Models;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Info;

/// <summary>Reads what a saved model tells about itself. Nothing in the file is executed.</summary>
internal static class SavedModelReader
{
    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The file is not a model that classifies images.</exception>
    internal static ModelResult Read(string path)
    {
        using ImageClassifier classifier = ModelFile.LoadClassifier(path);
        WeightsDescription weights = classifier.WeightsDescription;
        return new(
            path,
            new FileInfo(path).Length,
            HashOf(path),
            classifier.Classes,
            classifier.LabelMode.ToString(),
            PreprocessingResult.Of(classifier.Preprocessing),
            weights.Name,
            weights.License,
            weights.Attribution,
            ArchitectureResult.Of(weights.Architecture, classifier.Preprocessing.InputSize, classCount: 0));
    }

    private static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
