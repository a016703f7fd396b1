using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

/// <summary>Finds two small models with different classes, and images.</summary>
internal static class SavedModels
{
    internal static readonly string First = PathOf("multiclass.zip");
    internal static readonly string Second = PathOf("classscores.zip");

    internal static readonly string[] ClassesOfFirst = ClassesOf(First);
    internal static readonly string[] ClassesOfSecond = ClassesOf(Second);

    internal static string ImagePath(int index = 2) => PathOf("images", FormattableString.Invariant($"{index:00}.png"));

    internal static byte[] ImageBytes(int index = 2) => File.ReadAllBytes(ImagePath(index));

    internal static ImageSource Image(int index = 2) => ImageSource.FromBytes(ImageBytes(index));

    private static string[] ClassesOf(string path)
    {
        using ImageClassifier classifier = ImageClassifier.Load(path);
        return [.. classifier.Classes];
    }

    private static string PathOf(params string[] parts) =>
        Repository.PathOf(["tests", "Microsoft.ML.MobileNetV2.Tests", "TestData", "SavedModels", .. parts]);
}
