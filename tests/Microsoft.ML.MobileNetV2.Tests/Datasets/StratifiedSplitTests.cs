using CsCheck;

namespace Microsoft.ML.MobileNetV2.Tests.Datasets;

[TestClass]
public sealed class StratifiedSplitTests
{
    [TestMethod]
    [DataRow(100, 50, 20, 10)]
    [DataRow(60, 7, 12, 1, DisplayName = "1.4 is rounded")]
    [DataRow(2, 3, 1, 1, DisplayName = "0.4 and 0.6: the smallest classes are in both parts")]
    [DataRow(10, 1, 2, 0, DisplayName = "a class of one image is in the training set")]
    public void Split_KeepsTheFractionOfEachClass(int cats, int dogs, int expectedTestCats, int expectedTestDogs)
    {
        ImageDataset dataset = Create(("cat", cats), ("dog", dogs));

        (ImageDataset train, ImageDataset test) = dataset.Split(testFraction: 0.2, seed: 1);

        Assert.AreEqual(expectedTestCats, test.ClassCounts.GetValueOrDefault("cat"));
        Assert.AreEqual(expectedTestDogs, test.ClassCounts.GetValueOrDefault("dog"));
        Assert.AreSequenceEqual(dataset.Images, train.Images.Concat(test.Images).OrderBy(image => image.Image, StringComparer.Ordinal), "each image once");
    }

    [TestMethod]
    public void Split_DependsOnTheSeedButNotOnTheOrderOrTheFolder()
    {
        ImageDataset dataset = Create(("cat", 40), ("dog", 40));
        ImageDataset elsewhere = new(dataset.Images.Reverse().Select(image => new LabeledImage($"elsewhere/{image.Image}", image.Label)));

        string[] test = TestNames(dataset, seed: 1);

        Assert.AreSequenceEqual(test, TestNames(dataset, seed: 1));
        Assert.AreSequenceEqual(test, TestNames(elsewhere, seed: 1));
        Assert.AreNotSequenceEqual(test, TestNames(dataset, seed: 2));

        static string[] TestNames(ImageDataset dataset, int seed) =>
            [.. dataset.Split(0.2, seed).TestSet.Images.Select(image => Path.GetFileName(image.Image)).Order(StringComparer.Ordinal)];
    }

    [TestMethod]
    public void Split_GroupBy_KeepsGroupsTogether()
    {
        ImageDataset dataset = Create(("cat", 60), ("dog", 30));

        (ImageDataset train, ImageDataset test) = dataset.Split(0.2, seed: 3, groupBy: Patient);

        Assert.IsEmpty(train.Images.Select(Patient).Intersect(test.Images.Select(Patient)));
        Assert.AreEqual(10, test.ClassCounts["cat"], "nearest to 12");
        Assert.AreEqual(10, test.ClassCounts["dog"], "nearest to 6");

        static string Patient(LabeledImage image) => image.Image[..^1]; // ten images each
    }

    [TestMethod]
    public void Split_GroupsOfImagesAndSamePaths_StayTogether()
    {
        ImageDataset dataset = new(
            from label in (string[])["cat", "dog"]
            from i in Enumerable.Range(0, 40)
            select new LabeledImage($"{label}{i / 2}", label, i < 20 ? $"group{i / 4}" : null));

        (ImageDataset train, ImageDataset test) = dataset.Split(0.25);

        Assert.IsNotEmpty(test.Images);
        Assert.IsEmpty(train.Images.Select(image => image.Image).Intersect(test.Images.Select(image => image.Image)));
        Assert.IsEmpty(train.Images.Select(image => image.Group).OfType<string>().Intersect(test.Images.Select(image => image.Group).OfType<string>()));
    }

    [TestMethod]
    public void Split_AnyGroups_EveryClassThatCanBeInBothPartsIs()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 30]).Array[2, 200].Select(Gen.Double[0.05, 0.95], Gen.Int).Sample((rows, fraction, seed) =>
        {
            ImageDataset dataset = new(rows.Select((row, i) => new LabeledImage($"{i}", $"class{row.Item1}", $"group{row.Item2 * 5 / (row.Item1 + 1)}-{row.Item1}")));
            string[] divisible = [.. dataset.Images.GroupBy(image => image.Label).Where(images => images.Select(image => image.Group).Distinct().Count() > 1).Select(images => images.Key).Order(StringComparer.Ordinal)];
            if (divisible.Length == 0)
            {
                Assert.ThrowsExactly<InvalidOperationException>(() => dataset.Split(fraction, seed).TrainSet);
                return;
            }

            (ImageDataset train, ImageDataset test) = dataset.Split(fraction, seed);

            Assert.AreSequenceEqual(dataset.ClassNames, train.ClassNames);
            Assert.AreSequenceEqual(divisible, test.ClassNames);
        });
    }

    [TestMethod]
    public void Split_GroupsThatMixClasses_NeverTakeAllOfAClass()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 12]).Array[2, 100].Select(Gen.Double[0.05, 0.95], Gen.Int).Sample((rows, fraction, seed) =>
        {
            ImageDataset dataset = new(rows.Select((row, i) => new LabeledImage($"{i}", $"class{row.Item1}", $"group{row.Item2}")));
            (ImageDataset Train, ImageDataset Test) parts;
            try
            {
                parts = dataset.Split(fraction, seed);
            }
            catch (InvalidOperationException)
            {
                return;
            }

            Assert.AreSequenceEqual(dataset.ClassNames, parts.Train.ClassNames);
            Assert.IsEmpty(parts.Train.Images.Select(image => image.Group).Intersect(parts.Test.Images.Select(image => image.Group)));
            Assert.AreEqual(rows.Length, parts.Train.Images.Count + parts.Test.Images.Count);
        });
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    [DataRow(double.NaN)]
    public void Split_FractionOutOfRange_IsRefused(double fraction)
    {
        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Create(("cat", 4)).Split(fraction).TrainSet);

        Assert.AreEqual("testFraction", error.ParamName);
        Assert.StartsWith("The fraction of the test set is out of range; expected above 0 and below 1.", error.Message);
    }

    [TestMethod]
    public void Split_NothingToSplit_SaysWhy()
    {
        Assert.AreEqual(
            "The 2 rows cannot be split: all rows of each class are in one group. Add images, or use smaller groups.",
            Assert.ThrowsExactly<InvalidOperationException>(() => Create(("cat", 1), ("dog", 1)).Split().TrainSet).Message);
        Assert.AreEqual(
            "The 0 rows cannot be split: there are none. Add images, or use smaller groups.",
            Assert.ThrowsExactly<InvalidOperationException>(() => new ImageDataset([]).Split().TrainSet).Message);
    }

    private static ImageDataset Create(params (string Label, int Count)[] classes) =>
        new(classes.SelectMany(one => Enumerable.Range(0, one.Count).Select(i => new LabeledImage($"{one.Label}{i:000}", one.Label))));
}
