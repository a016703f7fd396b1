using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Images;

[TestClass]
public sealed class HeldOutImagesTests
{
    [TestMethod]
    public void Split_OfDifferentImages_HasEachClassOnBothSides()
    {
        (ImageDataset train, ImageDataset test, IReadOnlyList<string> warnings) = HeldOutImages.Split(Create("cat/1", "cat/2", "dog/1", "dog/2"), 0.5, seed: 1, CopiesOf());

        Assert.AreSequenceEqual(["cat", "dog"], train.ClassNames);
        Assert.AreSequenceEqual(["cat", "dog"], test.ClassNames);
        Assert.IsEmpty(warnings);
    }

    [TestMethod]
    public void Split_ClassesOfCopiesAlone_AreWarnedOf()
    {
        ImageDataset images = Create("ant/1", "cat/1", "cat/2", "dog/1", "dog/2");

        (ImageDataset train, ImageDataset test, IReadOnlyList<string> warnings) = HeldOutImages.Split(images, 0.5, seed: 1, CopiesOf([.. images.Images.Where(image => image.Label == "cat")]));

        Assert.AreSequenceEqual(["ant", "cat", "dog"], train.ClassNames);
        Assert.AreSequenceEqual(["dog"], test.ClassNames);
        Assert.AreSequenceEqual(
            [
                "Nothing measures how well a class is found: the class 'ant' has one image. Add other images.",
                "Nothing measures how well a class is found: the 2 images of the class 'cat' are copies of one. Add other images.",
            ],
            warnings);
    }

    [TestMethod]
    public void Split_CopiesAlone_IsRefused()
    {
        ImageDataset images = new(Enumerable.Range(1, 7).SelectMany(i => (LabeledImage[])[new($"{i}/a", $"{i}"), new($"{i}/b", $"{i}")]));

        var error = Assert.ThrowsExactly<CommandException>(() => HeldOutImages.Split(images, 0.5, seed: 1, CopiesOf([.. images.Images])));

        Assert.StartsWith("No image can be set apart to measure with: the 2 images of the class '1' are copies of one, the 2 images of the class '2' ", error.Message);
        Assert.EndsWith("of the class '5' are copies of one, …. Copies are not divided. Add other images to each class.", error.Message);
    }

    private static Dictionary<string, string> CopiesOf(params LabeledImage[] images) => images.ToDictionary(image => image.Image, image => image.Label);

    private static ImageDataset Create(params string[] paths) => new(paths.Select(path => new LabeledImage(path, path.Split('/')[0])));
}
