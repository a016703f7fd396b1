using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Trains small models on drawn images: few, some or many discs.</summary>
internal static class TrainedModels
{
    internal const int InputSize = 64;

    internal static readonly string[] Classes = ["few", "many", "some"];

    internal static byte[] Draw(int index, int width = 160, int height = 120) => DiscImages.Draw(index, width, height, discCount: DiscCount(index));

    internal static string LabelOf(int index) => (index % 3) switch { 0 => "few", 1 => "some", _ => "many" };

    internal static int DiscCount(int index) => (index % 3) switch { 0 => 2, 1 => 12, _ => 60 };

    internal static MobileNetV2TrainerOptions CreateOptions(ImageResizeMode? resize = null) =>
        new() { InputSize = InputSize, Resize = resize, Head = new HeadTrainerOptions { Epochs = 30 } };

    internal static IDataView CreateRows(MLContext context, int count = 24) =>
        context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(index => new LabeledImage { Image = Draw(index), Label = LabelOf(index) }).ToArray());

    internal static MobileNetV2PredictionTransformer TrainMulticlass(MLContext context, MobileNetV2TrainerOptions? options = null) =>
        context.MulticlassClassification.Trainers.MobileNetV2(options ?? CreateOptions()).Fit(CreateRows(context));

    internal sealed class LabeledImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }

    /// <summary>Returns an image as a source.</summary>
    internal static ImageSource Source(int index) => ImageSource.FromBytes(Draw(index));
}
