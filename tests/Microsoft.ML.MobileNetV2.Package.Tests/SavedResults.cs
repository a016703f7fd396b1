using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Represents a saved model of the repository, an image, and what the model says about it.</summary>
internal static class SavedResults
{
    private const string Name = "multiclass";
    private const int Image = 2;

    /// <summary>The saved scores are of ONNX Runtime, whose sums are rounded in another order.</summary>
    private const float Tolerance = 2e-5f;

    private static string Folder => Repository.PathOf("tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels");

    internal static string ModelPath => Path.Combine(Folder, $"{Name}.zip");

    internal static string ImagePath => Path.Combine(Folder, "images", $"0{Image}.png");

    /// <summary>Reads the label of the best class.</summary>
    internal static string ReadBest() => Read(result => result.GetProperty("best")[Image].GetString()!);

    /// <summary>Asserts that a program printed the score of each class.</summary>
    internal static void AssertScores(string[] lines)
    {
        foreach ((string label, float score) in ReadScores())
        {
            string line = lines.Single(line => line.StartsWith($"{label} ", StringComparison.Ordinal));
            Assert.AreEqual(score, float.Parse(line[label.Length..], CultureInfo.InvariantCulture), Tolerance, line);
        }
    }

    private static Dictionary<string, float> ReadScores() => Read(result => result.GetProperty("slotNames").EnumerateArray()
        .Zip(result.GetProperty("scores")[Image].EnumerateArray())
        .ToDictionary(pair => pair.First.GetString()!, pair => pair.Second.GetSingle()));

    private static T Read<T>(Func<JsonElement, T> read)
    {
        using JsonDocument results = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{Name}.json")));
        return read(results.RootElement.GetProperty("results").EnumerateArray()
            .Single(result => result.GetProperty("loadedBy").GetString() == "ImageClassifier.Load"));
    }
}
