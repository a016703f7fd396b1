using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;

/// <summary>Keeps images with what in them spoke for the class that was predicted.</summary>
internal sealed class ExplanationFolder
{
    private readonly string _path;
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    private ExplanationFolder(string path) => _path = path;

    /// <summary>Creates the folder.</summary>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    internal static ExplanationFolder Create(string path)
    {
        OutputFolder.Create(path, "--explain");
        return new(path);
    }

    /// <summary>Draws the activation map of an image's best class over it.</summary>
    /// <returns>The result with the path of the drawing; unchanged where the image cannot be read.</returns>
    internal PredictionResult Add(ImageClassifier classifier, PredictionResult result)
    {
        if (result.Label is not { } label)
        {
            return result;
        }

        byte[] overlay = classifier.Explain(result.Path, label).DrawOverlay();
        string path = Path.Combine(_path, ChooseName(Path.GetFileNameWithoutExtension(result.Path)));
        OutputFile.Write(path, stream => stream.Write(overlay));
        return result with { Explanation = path };
    }

    /// <summary>Returns a name that no other image of this run has, and no file that is there: the folder may be that of the images.</summary>
    private string ChooseName(string name)
    {
        string chosen = $"{name}.jpg";
        for (int i = 2; File.Exists(Path.Combine(_path, chosen)) || !_names.Add(chosen); i++)
        {
            chosen = $"{name}-{i}.jpg";
        }

        return chosen;
    }
}
