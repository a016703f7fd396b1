using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>An element that is null is refused by its place, wherever lists are taken.</summary>
[TestClass]
public sealed class NullElementTests
{
    private static readonly string[] Classes = ["cat", "dog"];
    private static readonly ScoredImage Image = new("1.jpg", "cat", new[] { 0.9f, 0.1f });
    private static readonly ScoredLabels Labeled = new("1.jpg", ["cat"], new[] { 0.9f, 0.1f });

    public required TestContext TestContext { get; init; }

    private CancellationToken End => TestContext.CancellationToken;

    [TestMethod]
    public void Images_OneIsNull_IsRefusedByItsIndex()
    {
        Refuse("images", "Image 1 is null.", () => ClassificationEvaluation.Create([Image, null!], Classes));
        Refuse("images", "Image 1 is null.", () => MultiLabelEvaluation.Create([Labeled, null!], Classes));
        Refuse("images", "Image 0 is null.", () => MultiLabelEvaluation.ChooseThresholds([null!], Classes));
    }

    [TestMethod]
    public void Classes_OneIsNull_IsRefusedByItsIndex()
    {
        Refuse("classes", "The name of class 1 is null.", () => ClassificationEvaluation.Create([Image], ["cat", null!]));
        Refuse("classes", "The name of class 0 is null.", () => MultiLabelEvaluation.Create([Labeled], [null!, "cat"]));
        Refuse("classes", "The name of class 0 is null.", () => MultiLabelEvaluation.ChooseThresholds([Labeled], [null!]));
    }

    [TestMethod]
    public void Labels_OneIsNull_IsRefusedByTheImage() =>
        Refuse("labels", "A label of '1.jpg' is null.", () => Create("cat", null!));

    [TestMethod]
    public void Files_APathOrALabelIsNull_IsRefusedByItsIndex()
    {
        MLContext context = new(1);
        using var model = TrainedModels.TrainMulticlass(context);
        using ImageClassifier classifier = context.Model.CreateImageClassifier(model);

        Refuse("images", "The path of image 1 is null.", () => classifier.Evaluate([("1.jpg", "none"), (null!, "few")], cancellationToken: End));
        Refuse("images", "The label of image 0 is null.", () => classifier.Evaluate([("1.jpg", null!)], cancellationToken: End));
        Refuse("images", "The path of image 0 is null.", () => classifier.EvaluateLabels([(null!, ["few"])], cancellationToken: End));
        Refuse("images", "The label of image 0 is null.", () => classifier.EvaluateLabels([("1.jpg", null!)], cancellationToken: End));
        Refuse("images", "The label of image 1 is null.", () => classifier.EvaluateLabels([("1.jpg", ["none"]), ("1.jpg", ["few", null!])], cancellationToken: End));
    }

    [TestMethod]
    public void Features_OneIsNull_IsRefusedByItsIndex()
    {
        float[][] whole = [[1, 0], [0, 1]];
        float[][] broken = [[1, 0], null!];

        Refuse("features", "The features of image 1 are null; leave out images that could not be read.", () => NearDuplicates.Find(broken, cancellationToken: End));
        Refuse("first", "The features of image 1 are null", () => NearDuplicates.FindAcross(broken, whole, cancellationToken: End));
        Refuse("second", "The features of image 0 are null", () => NearDuplicates.FindAcross(whole, [null!], cancellationToken: End));
        Refuse("features", "The features of image 1 are null", () => LabelReview.Find(broken, Classes, cancellationToken: End));
        Refuse("labels", "The label of image 1 is null; leave out images without one.", () => LabelReview.Find(whole, ["cat", null!], cancellationToken: End));
    }

    [TestMethod]
    public void Features_NoneInAnImage_AreRefused()
    {
        Assert.StartsWith("The images have no features", Assert.ThrowsExactly<ArgumentException>(() => NearDuplicates.Find([[], []], cancellationToken: End)).Message);
        Assert.StartsWith("The images have no features", Assert.ThrowsExactly<ArgumentException>(() => LabelReview.Find([[], []], Classes, cancellationToken: End)).Message);
    }

    [TestMethod]
    public void EmptyLists_GiveEmptyResults()
    {
        Assert.IsEmpty(NearDuplicates.Find([], cancellationToken: End).Pairs);
        Assert.IsEmpty(NearDuplicates.FindAcross([], [[1, 0]], cancellationToken: End).Pairs);
        Assert.IsEmpty(LabelReview.Find([], [], cancellationToken: End));
        Assert.AreEqual(0, ClassificationEvaluation.Create([], Classes).Count);
        Assert.AreEqual(0, MultiLabelEvaluation.Create([], Classes).Count);
    }

    private static ScoredLabels Create(params string[] labels) => new("1.jpg", labels, new[] { 0.9f, 0.1f });

    private static void Refuse(string parameter, string message, Action action)
    {
        ArgumentNullException error = Assert.ThrowsExactly<ArgumentNullException>(action);
        Assert.AreEqual(parameter, error.ParamName);
        Assert.StartsWith(message, error.Message);
    }
}
