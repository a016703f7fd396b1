using Microsoft.ML.MobileNetV2;

namespace ImageSearch.Tests;

/// <summary>Only images that the index lacks are run, and one that cannot be read does not stop the others.</summary>
[TestClass]
public sealed class IndexingTests
{
    [TestMethod]
    public void Update_RunsWhatIsNewAndNamesWhatCannotBeRead()
    {
        using TemporaryFolder folder = new();
        using MobileNetV2Engine engine = new();
        string first = folder.Draw(1, "images", "a", "1.png");
        string second = folder.Draw(2, "images", "b", "2.png");
        string broken = folder.Write("This is no image.", "images", "a", "broken.jpg");
        folder.Write("text", "images", "a", "notes.txt");
        using ImageIndex index = ImageIndex.Open(folder.PathOf("index"));

        IReadOnlyList<string> errors = Indexing.Update(index, engine, ImageFile.List(folder.PathOf("images")));
        string third = folder.Draw(3, "images", "b", "3.png");
        IReadOnlyList<ImageFile> missing = index.Compare(ImageFile.List(folder.PathOf("images")));

        Assert.HasCount(1, errors);
        Assert.Contains($"'{broken}'", errors[0]);
        Assert.AreSequenceEqual([first, second], index.List().Select(image => image.Path));
        Assert.AreSequenceEqual(engine.Run(second), index.List()[1].Features);
        Assert.AreSequenceEqual([broken, third], missing.Select(file => file.Path));
    }
}
