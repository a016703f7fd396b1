using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Models;

/// <summary>Opens saved models.</summary>
internal static class ModelFile
{
    /// <summary>Loads a model that classifies images.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not such a model.</exception>
    internal static ImageClassifier LoadClassifier(string path)
    {
        RequireExisting(path);
        return ImageClassifier.Load(path);
    }

    /// <summary>Refuses what is no file.</summary>
    /// <exception cref="CommandException">There is no such file.</exception>
    internal static void RequireExisting(string path) =>
        InputPath.RequireFile(path, $"Give a model that '{CommandNames.Tool} train' or mlContext.Model.Save wrote.");
}
