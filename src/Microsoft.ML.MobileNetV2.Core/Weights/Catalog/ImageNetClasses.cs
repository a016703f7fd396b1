using System.Collections.ObjectModel;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the 1000 classes of ImageNet, in the order in which published classifiers output them.</summary>
public static class ImageNetClasses
{
    /// <summary>The name of the class that Google's classifiers of 1001 classes have before the others.</summary>
    internal const string BackgroundName = "background";

    internal const string ResourceName = "imagenet_classes.tsv";

    private static readonly (string Id, string Name)[] Classes = [.. ReadLines().Select(line => line.Split('\t') is [string id, string name]
        ? (id, name)
        : throw new InvalidDataException($"The resource '{ResourceName}' has the line '{line}'; expected an id, a tab and a name."))];

    /// <summary>Gets the English names of the classes, such as "goldfish"; all of them differ.</summary>
    /// <value>
    /// The first word of WordNet 3.0 for each class. Where two classes have the same word, what it is a kind of follows in brackets:
    /// "crane (wading bird)" and "crane (lifting device)".
    /// </value>
    public static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(Array.ConvertAll(Classes, entry => entry.Name));

    /// <summary>Gets the WordNet ids of the classes, such as "n01443537", which are also the names of the folders in ImageNet.</summary>
    public static IReadOnlyList<string> Ids { get; } = Array.AsReadOnly(Array.ConvertAll(Classes, entry => entry.Id));

    private static ReadOnlyCollection<string> NamesAfterBackground { get; } = Array.AsReadOnly([BackgroundName, .. Names]);

    /// <summary>Returns the names of a classifier's outputs.</summary>
    /// <param name="classCount">The number of outputs.</param>
    /// <returns>The names for 1000 outputs, "background" before them for 1001, and none for any other number.</returns>
    internal static IReadOnlyList<string> NamesOf(int classCount) => (classCount - Classes.Length) switch
    {
        0 => Names,
        1 => NamesAfterBackground,
        _ => [],
    };

    private static IEnumerable<string> ReadLines()
    {
        using Stream stream = EmbeddedAsset.Open(ResourceName);
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
