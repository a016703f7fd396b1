using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>What is compiled in the background is what an image needs, and changes nothing else.</summary>
[TestClass]
public sealed class EngineWarmUpTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Execute_OnSeveralThreads_RunsEachPartOnce()
    {
        int[] runs = new int[5];
        EngineWarmUp warmUp = new([.. Enumerable.Range(0, runs.Length).Select<int, Action>(part => () => Interlocked.Increment(ref runs[part]))]);

        Parallel.For(0, 8, _ => warmUp.Execute());

        Assert.AreSequenceEqual([1, 1, 1, 1, 1], runs);
    }

    [TestMethod]
    public void Execute_WithAPartThatFails_RunsTheOthers()
    {
        bool hasRun = false;
        EngineWarmUp warmUp = new(() => throw new DllNotFoundException("no decoder"), () => hasRun = true);

        warmUp.Execute();

        Assert.IsTrue(hasRun);
    }

    [TestMethod]
    [DataRow(192)]
    [DataRow(224)]
    public void NetworkWarmUp_RunsAWholeNetworkWithItsHead(int inputSize) =>
        Assert.AreSequenceEqual([0.5f, 0.5f], NetworkWarmUp.Run(NetworkWarmUp.CreateNetwork() with { InputSize = inputSize }));

    [TestMethod]
    public void ImageWarmUp_DecodesAGrayImage()
    {
        const float Gray = 128 / 255f;
        const int Plane = 224 * 224;
        const float OneLevel = 1 / 255f / 0.224f;

        float[] input = ImageWarmUp.Run();

        float[] red = [.. Enumerable.Repeat((Gray - 0.485f) / 0.229f, Plane)];
        float[] green = [.. Enumerable.Repeat((Gray - 0.456f) / 0.224f, Plane)];
        float[] blue = [.. Enumerable.Repeat((Gray - 0.406f) / 0.225f, Plane)];
        float[] expected = [.. red, .. green, .. blue];
        Assert.HasCount(expected.Length, input);
        Assert.IsLessThanOrEqualTo(OneLevel, expected.Zip(input, (gray, value) => Math.Abs(gray - value)).Max());
    }

    [TestMethod]
    public void ModelWarmUp_ReadsEveryPartOfAModel()
    {
        ModelProto model = ModelWarmUp.ReadModel();

        NodeProto node = model.Graph.Node.Single();
        Assert.AreEqual("Conv", node.OpType);
        Assert.HasCount(2, node.Attribute);
        Assert.AreEqual(sizeof(float), model.Graph.Initializer.Single().RawData.Length);
        Assert.AreEqual(1, model.Graph.Input.Single().Type.TensorType.Shape.Dim.Single().DimValue);
        Assert.HasCount(1, model.Graph.Output);
        Assert.HasCount(1, model.OpsetImport);
        Assert.HasCount(1, model.MetadataProps);
    }

    [TestMethod]
    public void ModelWarmUp_ReadsSettings()
    {
        ModelWarmUp.Run();

        Assert.AreEqual(ImageResizeMode.Stretch, ModelWarmUp.ReadSettings().Preprocessing.Resize);
    }

    [TestMethod]
    public void ExpectedInputSize_SetWhileItRuns_RunsAgainWithTheNewOne()
    {
        ExpectedInputSize expected = new();
        List<int> sizes = [];

        expected.Set(128);
        expected.Run(size =>
        {
            sizes.Add(size);
            expected.Set(224);
        });

        Assert.AreSequenceEqual([128, 224], sizes);
    }

    [TestMethod]
    public void ExpectedInputSize_TooLarge_IsNotRun()
    {
        ExpectedInputSize expected = new();
        List<int> sizes = [];

        expected.Set(ExpectedInputSize.Max + 1);
        expected.Run(sizes.Add);

        Assert.AreSequenceEqual([192], sizes);
    }

    [TestMethod]
    public void FindInputSize_InASavedModel_FindsItInTheSettings()
    {
        byte[] model = SavedZips.New();
        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(model));
        byte[] settings = SavedZips.Entries(model).Single(entry => entry.Name == SavedZips.SettingsEntry).Content;

        Assert.AreEqual(classifier.Preprocessing.InputSize, ModelWarmUp.FindInputSize(settings));
    }

    [TestMethod]
    [DataRow("\"InputSize\":96}", 96)]
    [DataRow("\"InputSize\":31", null)]
    [DataRow("\"InputSize\":100000", null)]
    [DataRow("\"InputSize\":99999999999999999999", null)]
    [DataRow("\"InputSize\":-224", null)]
    [DataRow("\"InputSize\":", null)]
    [DataRow("\"InputSize\"", null)]
    [DataRow("", null)]
    public void FindInputSize_InOtherBytes_GivesASizeThatThereIs(string part, int? expected) =>
        Assert.AreEqual(expected, ModelWarmUp.FindInputSize(Encoding.UTF8.GetBytes(part)));

    [TestMethod]
    public void GraphWarmUp_ComparesAWholeGraph() => Assert.IsTrue(SavedGraph.WarmUp(NetworkWarmUp.CreateNetwork()));

    [TestMethod]
    public async Task WarmUp_BesideEngines_ChangesNoOutput()
    {
        MobileNetV2EngineOptions options = new() { Weights = SyntheticNetwork.Create(0.35f), InputSize = 64 };
        ImageSource image = ImageSource.FromBytes(DiscImages.Draw(1));
        using MobileNetV2Engine alone = new(options);
        float[] expected = alone.Run(image);
        NetworkSpecification small = NetworkWarmUp.CreateNetwork();

        Task[] warmUps = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(
            new EngineWarmUp(() => ModelWarmUp.Run(), () => NetworkWarmUp.Run(small), () => ImageWarmUp.Run(), () => SavedGraph.WarmUp(small)).Execute, TestContext.CancellationToken))];
        for (int i = 0; i < 5; i++)
        {
            using MobileNetV2Engine beside = new(options);
            Assert.AreSequenceEqual(expected, beside.Run(image));
        }

        await Task.WhenAll(warmUps).ConfigureAwait(false);
    }
}
