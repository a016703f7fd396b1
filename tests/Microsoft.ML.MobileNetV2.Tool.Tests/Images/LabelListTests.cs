using System.Text;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Images;

/// <summary>Lists are read as spreadsheets and data sets write them.</summary>
[TestClass]
public sealed class LabelListTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("a.png,cat\nb.png,dog\n", DisplayName = "no header")]
    [DataRow("path,label\na.png,cat\nb.png,dog\n", DisplayName = "header")]
    [DataRow("image,class\na.png,cat\nb.png,dog\n", DisplayName = "header of other names")]
    [DataRow("a.png;cat\nb.png;dog\n", DisplayName = "semicolons")]
    [DataRow("path;label\r\na.png;cat\r\nb.png;dog\r\n", DisplayName = "semicolons, header, lines of Windows")]
    [DataRow("a.png\tcat\nb.png\tdog\n", DisplayName = "tabs")]
    [DataRow("\n\n\"a.png\";\"cat\"\n\"b.png\";\"dog\"\n", DisplayName = "quotes, and blank lines before")]
    [DataRow("label,path\ncat,a.png\ndog,b.png\n", DisplayName = "the other order")]
    [DataRow("id;Path;Label;note\n1;a.png;cat;x, y\n2;b.png;dog;x, y, z\n", DisplayName = "further columns")]
    [DataRow("\"label\"\t\"path\"\ncat\ta.png\ndog\tb.png\n", DisplayName = "quoted header")]
    public void Read_List_FindsPathsAndLabels(string text)
    {
        using TemporaryFolder folder = new();
        string images = Write(folder, "a.png", "b.png");
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Encoding.UTF8, Encoding.Unicode])
        {
            string list = folder.PathOf("list.csv");
            File.WriteAllText(list, text, encoding);

            ImageDataset dataset = LabeledFolder.Read(images, list, TestContext.CancellationToken);

            Assert.AreSequenceEqual(["a.png cat", "b.png dog"], dataset.Images.Select(image => $"{Path.GetFileName(image.Image)} {image.Label}"), encoding.WebName);
        }
    }

    [TestMethod]
    [DataRow("a;b.png,cat\n", "cat", DisplayName = "the separator of other lists in a name")]
    [DataRow("\"a,b.png\";cat\n", "cat", DisplayName = "a comma within quotes")]
    [DataRow("path,label\n\"a,b.png\",\"cat; dog\"\n", "cat; dog", DisplayName = "a semicolon in a label")]
    public void Read_SeparatorInAField_IsPartOfIt(string text, string label)
    {
        using TemporaryFolder folder = new();
        string images = Write(folder, "a;b.png", "a,b.png");

        ImageDataset dataset = LabeledFolder.Read(images, folder.Write("list.csv", text), TestContext.CancellationToken);

        Assert.AreEqual(label, dataset.Images.Single().Label);
    }

    private static string Write(TemporaryFolder folder, params string[] names)
    {
        Directory.CreateDirectory(folder.PathOf("images"));
        foreach (string name in names)
        {
            File.WriteAllBytes(folder.PathOf("images", name), DrawnImages.Draw("red", 1));
        }

        return folder.PathOf("images");
    }
}
