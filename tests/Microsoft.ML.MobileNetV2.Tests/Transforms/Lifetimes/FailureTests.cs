using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Lifetimes;

/// <summary>Only what an image is to blame for counts as an unreadable image.</summary>
[TestClass]
public sealed class FailureTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(typeof(OutOfMemoryException))]
    [DataRow(typeof(OperationCanceledException))]
    public void Transform_SourceRunsOutOfMemoryOrIsCanceled_ThrowsThatAndSkipsNoRow(Type type)
    {
        IDataView rows = Failing((Exception)Activator.CreateInstance(type)!);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(rows);

        Exception error = Assert.Throws<Exception>(() => featurizer.Transform(rows).GetColumn<float[]>("Features").Count());

        Assert.AreEqual(type, error.GetType());
        Assert.AreEqual(0, featurizer.UnreadableImageCount);
    }

    [TestMethod]
    public void Transform_SourceFailsToRead_ThrowsAndSkipsNoRow()
    {
        IDataView rows = Failing(new IOException("the disk fails"));
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(rows);

        Exception error = Assert.Throws<Exception>(() => featurizer.Transform(rows).GetColumn<float[]>("Features").Count());

        Assert.AreEqual("Row 0, column 'Image': the disk fails", error.Message);
        Assert.AreEqual(0, featurizer.UnreadableImageCount);
    }

    [TestMethod]
    public void Transform_FirstUseFails_IsTriedAgain()
    {
        int attempts = 0;
        IDataView rows = TrainedModels.CreateRows(_context, count: 3);
        using MobileNetV2FeaturizerTransformer featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = 64,
            Runtime = InferenceRuntime.OnnxRuntime(_ =>
            {
                if (attempts++ == 0)
                {
                    throw new TimeoutException("the server is down");
                }
            }),
        }).Fit(rows);
        IDataView view = featurizer.Transform(rows);

        Assert.ThrowsExactly<TimeoutException>(() => view.GetColumn<float[]>("Features").Count());
        Assert.HasCount(3, view.GetColumn<float[]>("Features").ToArray());
    }

    private IDataView Failing(Exception error) =>
        _context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(_ => new FailingRow(error)).ToArray());

    private MobileNetV2FeaturizerEstimator Featurizer() => _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        InputColumnName = "Image",
        InputSize = 64,
        UnreadableImages = UnreadableImageHandling.SkipRow,
    });

    private sealed class FailingRow(Exception? error)
    {
        public FailingRow()
            : this(null)
        {
        }

        [VectorType]
        public byte[] Image
        {
            get => throw error!;
            set => _ = value;
        }
    }
}
