using System.Text;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Datasets;

[TestClass]
public sealed class ImageCsvTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("1.jpg,cat\nsub/2.jpg,dog\n", DisplayName = "no header")]
    [DataRow("path,label\r\n1.jpg,cat\r\nsub/2.jpg,dog", DisplayName = "header, Windows lines, no last line break")]
    [DataRow("\ufefffile,class\n\n1.jpg, cat\n\"sub/2.jpg\",\"dog\"\n\n", DisplayName = "byte order mark, blank lines, spaces, quotes")]
    [DataRow("path,label,width\n1.jpg,cat,7\nsub\\2.jpg,dog,8\n", DisplayName = "more columns, path of Windows")]
    public void FromCsv_ReadsPathsFromItsFolderAndLabels(string text)
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg", "sub/2.jpg");

        ImageDataset dataset = Read(Write(folder, text));

        Assert.AreSequenceEqual([folder.PathOf("1.jpg"), folder.PathOf("sub", "2.jpg")], dataset.Images.Select(image => Path.GetFullPath(image.Image)));
        Assert.AreSequenceEqual(["cat", "dog"], dataset.Images.Select(image => image.Label));
        Assert.IsTrue(dataset.Images.All(image => image.Group is null));
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    public void FromCsv_QuotedFields_HoldCommasQuotesLineBreaksAndAnyLetter()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "a, b.jpg", "日本.jpg", "c.jpg");

        ImageDataset dataset = Read(Write(folder, "\"a, b.jpg\",\"say \"\"hi\"\", twice\"\n日本.jpg,\"Käse\n🐈\"\nc.jpg,c\n"));

        Assert.AreSequenceEqual(["say \"hi\", twice", "Käse\n🐈", "c"], dataset.Images.Select(image => image.Label));
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    public void FromCsv_NamedColumns_SeparatorAndBaseFolder_AreUsed()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "images/1.jpg", "images/2.jpg");
        string path = Write(folder, "patient;class;file\n17;cat;1.jpg\n;dog;2.jpg\n");

        ImageDataset dataset = Read(path, new ImageCsvOptions
        {
            Separator = ';',
            ImageColumnName = "file",
            LabelColumnName = "class",
            GroupColumnName = "patient",
            BaseFolder = folder.PathOf("images"),
        });

        Assert.AreSequenceEqual(["cat", "dog"], dataset.Images.Select(image => image.Label));
        Assert.AreSequenceEqual(["17", null], dataset.Images.Select(image => image.Group));
    }

    [TestMethod]
    public void FromCsv_WhatCannotBeUsed_IsAProblemWithItsLine()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg", "sub/2.jpg");
        folder.Write("empty.jpg", []);
        string path = Write(
            folder, "path,label\n1.jpg,\"two\nlines\"\ngone.jpg,cat\n\n1.jpg\n,cat\n1.jpg,\nempty.jpg,dog\nsub,dog\n./1.jpg,dog\n\"a\"b.jpg,dog\n\"sub/2.jpg,dog\n1.jpg,dog\n");

        ImageDataset dataset = Read(path);

        Assert.HasCount(1, dataset.Images);
        Assert.AreSequenceEqual(
            [
                $"'{path}', line 4: the image '{folder.PathOf("gone.jpg")}' does not exist.",
                $"'{path}', line 6: there are too few fields; expected the path of an image and a label with ',' between them.",
                $"'{path}', line 7: the path of the image is empty.",
                $"'{path}', line 8: the label is empty.",
                $"'{path}', line 9: the image '{folder.PathOf("empty.jpg")}' is empty, or a pipe or device; expected an image.",
                $"'{path}', line 10: the image '{folder.PathOf("sub")}' is a folder; expected the file of an image.",
                $"'{path}', line 11: the image '{folder.PathOf("./1.jpg")}' is in line 2, too. An image is taken once.",
                $"'{path}', line 12: a quote is not closed, or stands within a field without quotes. Put such a field into quotes, and double the quotes within.",
                $"'{path}', line 13: a quote is not closed, or stands within a field without quotes. Put such a field into quotes, and double the quotes within.",
            ],
            dataset.Problems.Select(problem => problem.Message));
        Assert.AreSequenceEqual([4, 6, 7, 8, 9, 10, 11, 12, 13], dataset.Problems.Select(problem => problem.Line));
    }

    [TestMethod]
    public void FromCsv_InAnEncodingOtherThanUtf8_IsRefusedWithItsLine()
    {
        using TemporaryFolder folder = new();
        folder.Write("1.jpg", [1]);
        string path = folder.Write("list.csv", Encoding.Latin1.GetBytes("1.jpg,cat\n1.jpg,k\u00E4tzchen\n"));

        Assert.AreEqual(
            $"'{path}', line 2: the text is not in UTF-8. Save the list as UTF-8.", Assert.ThrowsExactly<InvalidDataException>(() => ImageDataset.FromCsv(path, cancellationToken: TestContext.CancellationToken)).Message);
    }

    [TestMethod]
    [DataRow("", "lists no image that can be used; expected a path and a label in each line.", DisplayName = "empty file")]
    [DataRow("path,label\n", "lists no image that can be used; expected a path and a label in each line.", DisplayName = "header alone")]
    [DataRow("PK\0\0,cat\n", "is no text; expected a CSV file with the path of an image and a label in each line.", DisplayName = "no text")]
    [DataRow("gone.jpg,cat\n", "lists no image that can be used: '", DisplayName = "missing images")]
    [DataRow("https://example.com/1.jpg,cat\n", "line 1: the image 'https://example.com/1.jpg' is an address, which is not read. Give the path", DisplayName = "address")]
    [DataRow("1.jpg;cat\n", "there are too few fields; expected the path of an image and a label with ',' between them.", DisplayName = "other separator")]
    public void FromCsv_NoImage_SaysWhy(string text, string expected)
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg");
        string path = Write(folder, text);

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Read(path));

        Assert.StartsWith($"'{path}' ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    [DataRow("path,label\n1.jpg,cat\n", "which LabelColumnName names; its columns are 'path', 'label'.")]
    [DataRow("1.jpg,cat\n", "which LabelColumnName names; its first line is no header.")]
    public void FromCsv_MissingColumn_NamesThoseThatThereAre(string text, string expected)
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg");
        string path = Write(folder, text);

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Read(path, new ImageCsvOptions { LabelColumnName = "species" }));

        Assert.AreEqual($"'{path}' has no column 'species', {expected}", error.Message);
    }

    [TestMethod]
    public void FromCsv_HasHeader_IsBelieved()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg", "noextension");

        Assert.HasCount(1, Read(Write(folder, "x.jpg,label\n1.jpg,cat\n"), new ImageCsvOptions { HasHeader = true }).Images);
        Assert.HasCount(2, Read(Write(folder, "noextension,cat\n1.jpg,cat\n")).Images, "a file without an extension is an image, too");
        Assert.HasCount(1, Read(Write(folder, "gone,cat\n1.jpg,cat\n"), new ImageCsvOptions { HasHeader = false }).Problems);
    }

    [TestMethod]
    public void FromCsv_AFolder_IsNamedAsOne()
    {
        using TemporaryFolder folder = new();

        FileNotFoundException error = Assert.ThrowsExactly<FileNotFoundException>(() => Read(folder.Path));

        Assert.AreEqual(
            $"The list of images '{folder.Path}' is a folder; expected a CSV file. ImageDataset.FromFolder and LoadImageFolder read folders.", error.Message);
    }

    [TestMethod]
    public void FromCsv_Missing_NamesIt() => Assert.AreEqual(
        "The list of images 'no-such.csv' does not exist.", Assert.ThrowsExactly<FileNotFoundException>(() => Read("no-such.csv")).Message);

    [TestMethod]
    public void FromCsv_InvalidOptions_ListsAll()
    {
        ImageCsvOptions options = new() { Separator = '"', HasHeader = false, ImageColumnName = "", GroupColumnName = "patient" };

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => Read("x.csv", options));

        Assert.StartsWith(
            "The options are not valid: Separator is '\"'; expected a character such as ',' or ';'. ImageColumnName is empty. ImageColumnName is ; without a header, columns have no names. GroupColumnName is patient; without a header, columns have no names.",
            error.Message);
    }

    private ImageDataset Read(string path, ImageCsvOptions? options = null) => ImageDataset.FromCsv(path, options, TestContext.CancellationToken);

    private static string Write(TemporaryFolder folder, string text) => folder.Write("list.csv", Encoding.UTF8.GetBytes(text));
}
