using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.SavedModels;

/// <summary>Holds a committed model that an old version of the library saved, and its results at that time.</summary>
internal sealed record LegacyModel
{
    internal const string ByModelLoad = "Model.Load";
    internal const string ByLoadWithMobileNetV2 = "Model.LoadMobileNetV2";
    internal const string ByImageClassifier = "ImageClassifier.Load";

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    public required string Model { get; init; }

    public required string ImageColumn { get; init; }

    public required string[] Images { get; init; }

    public required LegacyResult[] Results { get; init; }

    internal static string Folder => TestData.PathOf("SavedModels");

    internal static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.zip").Select(path => Path.GetFileNameWithoutExtension(path));

    internal string ModelPath => Path.Combine(Folder, Model);

    internal string[] ImagePaths => [.. Images.Select(image => Path.Combine(Folder, "images", image))];

    internal static LegacyModel Read(string name) =>
        JsonSerializer.Deserialize<LegacyModel>(File.ReadAllText(Path.Combine(Folder, $"{name}.json")), CamelCase)!;

    internal LegacyResult Result(string loadedBy) => Results.Single(result => result.LoadedBy == loadedBy);
}
