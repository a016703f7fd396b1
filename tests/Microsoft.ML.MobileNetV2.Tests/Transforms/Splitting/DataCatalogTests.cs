using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.Datasets;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Splitting;

/// <summary>Folders and lists as rows, and rows split into parts.</summary>
[TestClass]
public sealed class DataCatalogTests
{
    public required TestContext TestContext { get; init; }

    private readonly MLContext _context = new(seed: 1);

    [TestMethod]
    public void LoadImageFolder_GivesPathAndLabelAsText()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "cat/1.jpg", "dog/2.jpg");

        IDataView rows = _context.Data.LoadImageFolder(folder.Path, cancellationToken: TestContext.CancellationToken);

        Assert.AreSequenceEqual(["Image: String", "Label: String"], rows.Schema.Select(column => $"{column.Name}: {column.Type}"));
        Assert.AreSequenceEqual([folder.PathOf("cat", "1.jpg"), folder.PathOf("dog", "2.jpg")], Texts(rows, "Image"));
        Assert.AreSequenceEqual(["cat", "dog"], Texts(rows, "Label"));
    }

    [TestMethod]
    public void LoadImageFolder_Problems_AreAnExceptionUnlessSomebodyListens()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "cat/1.jpg", "dog/2.jpg");
        for (int i = 0; i < 7; i++)
        {
            folder.Write($"dog/empty{i}.jpg", []);
        }

        List<ImageDatasetProblem> problems = [];
        IDataView rows = _context.Data.LoadImageFolder(folder.Path, onProblem: problems.Add, cancellationToken: TestContext.CancellationToken);
        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => _context.Data.LoadImageFolder(folder.Path, cancellationToken: TestContext.CancellationToken));

        Assert.HasCount(2, Texts(rows, "Image"));
        Assert.HasCount(7, problems);
        Assert.AreEqual($"{string.Join(' ', problems.Take(5).Select(problem => problem.Message))} And 2 more. To go on with the other images, set onProblem.", error.Message);
    }

    [TestMethod]
    public void LoadImageCsv_MissingFile_NamesLine()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "1.jpg");
        string path = folder.Write("list.csv", "path,label\n1.jpg,cat\ngone.jpg,dog\n"u8);

        Assert.AreEqual(
            $"'{path}', line 3: the image '{folder.PathOf("gone.jpg")}' does not exist. To go on with the other images, set onProblem.",
            Assert.ThrowsExactly<InvalidDataException>(() => _context.Data.LoadImageCsv(path, cancellationToken: TestContext.CancellationToken)).Message);
        Assert.AreSequenceEqual(["cat"], Texts(_context.Data.LoadImageCsv(path, onProblem: _ => { }, cancellationToken: TestContext.CancellationToken), "Label"));
    }

    [TestMethod]
    public void LoadImageCsv_GroupColumn_IsAColumnThatSplits()
    {
        using TemporaryFolder folder = new();
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => $"{i}.jpg,{(i % 2 == 0 ? "cat" : "dog")},{i / 4}")];
        ImageFolderTests.Write(folder, [.. lines.Select(line => line.Split(',')[0])]);
        string path = folder.Write("list.csv", Encoding.UTF8.GetBytes($"path,label,patient\n{string.Join('\n', lines)}"));

        IDataView rows = _context.Data.LoadImageCsv(
            path, new ImageCsvOptions { GroupColumnName = "patient" }, cancellationToken: TestContext.CancellationToken);
        (IDataView train, IDataView test) = _context.Data.StratifiedTrainTestSplit(rows, groupColumnName: "Group");

        Assert.HasCount(8, Texts(test, "Group"));
        Assert.IsEmpty(Texts(train, "Group").Intersect(Texts(test, "Group")));
        Assert.HasCount(4, Texts(test, "Label").Where(label => label == "cat"));
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_ImagesWithoutAGroup_AreOnTheirOwn()
    {
        LabeledImage[] images = [.. Enumerable.Range(0, 20).Select(i => new LabeledImage($"{i}.jpg", i % 2 == 0 ? "cat" : "dog", i < 2 ? "patient" : null))];

        (_, IDataView test) = _context.Data.StratifiedTrainTestSplit(_context.Data.LoadImages(new(images)), 0.2, groupColumnName: "Group");

        Assert.HasCount(4, Texts(test, "Image"));
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_PathsOfAnotherSystem_GiveTheSameRows()
    {
        string[] paths = [.. Enumerable.Range(0, 40).Select(i => $"photos/{(i % 2 == 0 ? "cat" : "cat2")}/{i}.jpg")];

        Assert.AreSequenceEqual(TestSet(paths), TestSet([.. paths.Select(path => path.Replace('/', '\\'))]).Select(path => path.Replace('\\', '/')));

        IEnumerable<string> TestSet(string[] images)
        {
            IDataView rows = _context.Data.LoadImages(new(images.Select(path => new LabeledImage(path, path.Contains("cat2", StringComparison.Ordinal) ? "cat2" : "cat"))));
            return Texts(_context.Data.StratifiedTrainTestSplit(rows, 0.2, seed: 3).TestSet, "Image");
        }
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_KeepsOrderAndFractions_WhateverTheOrderOfRows()
    {
        Row[] rows = [.. Enumerable.Range(0, 100).Select(i => new Row { Image = $"{i:00}.jpg", Label = i < 80 ? "cat" : "dog" })];

        (IDataView train, IDataView test) = _context.Data.StratifiedTrainTestSplit(_context.Data.LoadFromEnumerable(rows));
        IDataView ofReversed = _context.Data.StratifiedTrainTestSplit(_context.Data.LoadFromEnumerable(rows.Reverse())).TestSet;

        Assert.HasCount(16, Texts(test, "Label").Where(label => label == "cat"));
        Assert.HasCount(4, Texts(test, "Label").Where(label => label == "dog"));
        Assert.AreSequenceEqual(rows.Select(row => row.Image), Texts(train, "Image").Concat(Texts(test, "Image")).Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(Texts(test, "Image").Order(StringComparer.Ordinal), Texts(test, "Image"));
        Assert.AreSequenceEqual(Texts(test, "Image").Reverse(), Texts(ofReversed, "Image"));
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_ShuffledAndInParallel_GivesTheSameRows()
    {
        IDataView test = _context.Data.StratifiedTrainTestSplit(_context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 1500).Select(i => new Row { Image = $"{i}", Label = $"{i % 3}" }).ToArray())).TestSet;
        DataViewSchema.Column image = test.Schema["Image"];
        string[] expected = [.. Texts(test, "Image").Order(StringComparer.Ordinal)];

        string[] shuffled = [.. Texts(_context.Data.ShuffleRows(test), "Image")];
        string[] parallel = [.. test.GetRowCursorSet([image], 4).SelectMany(cursor => Read(cursor, image))];

        Assert.AreSequenceEqual(expected, shuffled.Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(expected, parallel.Order(StringComparer.Ordinal));
        Assert.AreSequenceEqual(Enumerable.Range(0, 300).Select(i => (long)i), Positions(test));
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_ColumnThatIsNotAskedFor_IsNotActive()
    {
        IDataView test = _context.Data.StratifiedTrainTestSplit(CreateTyped()).TestSet;
        using DataViewRowCursor cursor = test.GetRowCursor([test.Schema["Label"]]);

        Assert.IsTrue(cursor.IsColumnActive(test.Schema["Label"]));
        Assert.IsFalse(cursor.IsColumnActive(test.Schema["Image"]));
    }

    [TestMethod]
    [DataRow("Label", "Image", DisplayName = "encoded images")]
    [DataRow("Number", "Time")]
    [DataRow("Flag", "Number")]
    [DataRow("Key", "Image")]
    [DataRow("Flag", "Key", DisplayName = "a key as group")]
    public void StratifiedTrainTestSplit_ColumnsOfOtherTypes_Work(string label, string group)
    {
        IDataView rows = CreateTyped();
        IDataView typed = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(rows).Transform(rows);

        (IDataView train, IDataView test) = _context.Data.StratifiedTrainTestSplit(typed, 0.25, label, group);

        Assert.AreEqual(60, Positions(train).Count() + Positions(test).Count());
        Assert.IsInRange(13, 30, Positions(test).Count());
    }

    [TestMethod]
    [DataRow("Label", "Key", DisplayName = "group")]
    [DataRow("Key", "Time", DisplayName = "label")]
    public void StratifiedTrainTestSplit_KeysInAnotherOrder_SplitsAlike(string label, string group)
    {
        IDataView rows = CreateTyped();
        IDataView reversed = _context.Data.LoadFromEnumerable(_context.Data.CreateEnumerable<TypedRow>(rows, reuseRowObject: false).Reverse().ToArray());

        string[][] tests =
        [
            .. new[] { rows, reversed }
                .Select(view => _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(view).Transform(view))
                .Select(typed => _context.Data.StratifiedTrainTestSplit(typed, 0.3, label, group).TestSet.GetColumn<DateTime>("Time"))
                .Select(times => times.Order().Select(time => time.ToString("O")).ToArray()),
        ];

        Assert.AreSequenceEqual(tests[0], tests[1]);
        Assert.IsNotEmpty(tests[0]);
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_NoNameOfAColumn_IsRefused()
    {
        IDataView rows = CreateTyped();

        Assert.AreEqual("labelColumnName", Assert.ThrowsExactly<ArgumentNullException>(() => _context.Data.StratifiedTrainTestSplit(rows, labelColumnName: null!)).ParamName);
        Assert.AreEqual("groupColumnName", Assert.ThrowsExactly<ArgumentException>(() => _context.Data.StratifiedTrainTestSplit(rows, groupColumnName: string.Empty)).ParamName);
    }

    [TestMethod]
    public void StratifiedTrainTestSplit_EqualImages_AreInOnePart()
    {
        byte[][] images = [.. Enumerable.Range(0, 40).Select(i => new byte[] { (byte)(i / 2), 1, 2 })];
        IDataView rows = _context.Data.LoadFromEnumerable(images.Select(image => new TypedRow { Image = image }).ToArray());

        (IDataView train, IDataView test) = _context.Data.StratifiedTrainTestSplit(rows, 0.5);

        byte[] inTraining = [.. train.GetColumn<byte[]>("Image").Select(image => image[0])];
        Assert.HasCount(20, inTraining);
        Assert.IsEmpty(inTraining.Intersect(test.GetColumn<byte[]>("Image").Select(image => image[0])));
    }

    [TestMethod]
    [DataRow("Labels", "Image", "Could not find label column 'Labels'. The columns are 'Image', 'Label', 'Text', 'Number', 'Flag', 'Time', 'Vector'; name one of them with labelColumnName.")]
    [DataRow("Label", "Patient", "Could not find group column 'Patient'. The columns are 'Image', 'Label', 'Text', 'Number', 'Flag', 'Time', 'Vector'; name one of them with groupColumnName.")]
    [DataRow("Label", "Vector", "Schema mismatch for group column 'Vector': expected key, String, Boolean, number, date, time or vector of Byte, got Vector<Single, 2>. Name a column such as the path of the image.")]
    public void StratifiedTrainTestSplit_WrongColumn_NamesWhatThereIs(string label, string group, string expected)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.Data.StratifiedTrainTestSplit(CreateTyped(), labelColumnName: label, groupColumnName: group).TrainSet);

        Assert.StartsWith(expected, error.Message);
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Key")]
    [DataRow("KeyWithoutValues")]
    [DataRow("Number")]
    public void StratifiedTrainTestSplit_RowWithoutAGroup_IsRefused(string group)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(new GroupedRow[]
        {
            new() { Text = "x", KeyWithoutValues = 0, Number = 1 },
            new() { Text = string.Empty, KeyWithoutValues = uint.MaxValue, Number = float.NaN },
            new() { Text = "y", KeyWithoutValues = 1, Number = 2 },
        });
        IDataView typed = _context.Transforms.Conversion.MapValueToKey("Key", "Text").Fit(rows).Transform(rows);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.Data.StratifiedTrainTestSplit(typed, groupColumnName: group));

        Assert.StartsWith($"Row 1, column '{group}': the group is missing.", error.Message);
    }

    private static IEnumerable<string> Texts(IDataView rows, string column) => rows.GetColumn<string>(column);

    private static IEnumerable<string> Read(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        using (cursor)
        {
            ValueGetter<ReadOnlyMemory<char>> getter = cursor.GetGetter<ReadOnlyMemory<char>>(column);
            ReadOnlyMemory<char> text = default;
            while (cursor.MoveNext())
            {
                getter(ref text);
                yield return text.ToString();
            }
        }
    }

    private static IEnumerable<long> Positions(IDataView rows)
    {
        using DataViewRowCursor cursor = rows.GetRowCursor([]);
        while (cursor.MoveNext())
        {
            yield return cursor.Position;
        }
    }

    private IDataView CreateTyped() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new TypedRow
    {
        Image = [(byte)i, 1],
        Label = $"{i % 3}",
        Text = $"{i % 20}",
        Number = i % 4,
        Flag = i % 2 == 0,
        Time = new DateTime(2026, 1, 1).AddDays(i),
    }).ToArray());

    private sealed class Row
    {
        public string Image { get; set; } = string.Empty;

        public string Label { get; set; } = string.Empty;
    }

    private sealed class GroupedRow
    {
        public string Label { get; set; } = "cat";

        public string Text { get; set; } = string.Empty;

        [KeyType(9)]
        public uint KeyWithoutValues { get; set; }

        public float Number { get; set; }
    }

    private sealed class TypedRow
    {
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = string.Empty;

        public string Text { get; set; } = string.Empty;

        public int Number { get; set; }

        public bool Flag { get; set; }

        public DateTime Time { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [1, 2];
    }
}
