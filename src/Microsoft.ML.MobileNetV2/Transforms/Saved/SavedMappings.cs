using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines the names by which ML.NET finds the mappings below when it loads a model. A released name never changes.</summary>
internal static class SavedMappings
{
    internal const string Start = "Microsoft.ML.MobileNetV2.Start";
    internal const string Path = "Microsoft.ML.MobileNetV2.Path";
    internal const string Encoded = "Microsoft.ML.MobileNetV2.Encoded";
    internal const string Image = "Microsoft.ML.MobileNetV2.Image";
    internal const string Pixels = "Microsoft.ML.MobileNetV2.Pixels";

    internal static Action<TRow, NetworkInputRow> Create<TRow>(Action<TRow, ImageInput> setInput)
        where TRow : SettingsRow
    {
        // ML.NET calls a mapping from several threads, and each has a buffer of its own.
        ThreadLocal<ImageInput> inputs = new(() => new ImageInput());
        return (row, output) =>
        {
            ImageInput input = inputs.Value!;
            setInput(row, input);
            SavedPreprocessor.For(row).Process(input, output);
        };
    }
}

/// <summary>Creates the column that the settings' model takes.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Start)]
internal sealed class StartMapping : CustomMappingFactory<NoColumns, StartRow>
{
    public override Action<NoColumns, StartRow> GetMapping() => (_, output) => output.Start = [0];
}

/// <summary>Preprocesses images that are given as paths.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Path)]
internal sealed class PathMapping : CustomMappingFactory<SavedRow<ReadOnlyMemory<char>>, NetworkInputRow>
{
    public override Action<SavedRow<ReadOnlyMemory<char>>, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedRow<ReadOnlyMemory<char>>>((row, input) => input.SetPath(row.Image.ToString()));
}

/// <summary>Preprocesses encoded images.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Encoded)]
internal sealed class EncodedMapping : CustomMappingFactory<SavedRow<VBuffer<byte>>, NetworkInputRow>
{
    public override Action<SavedRow<VBuffer<byte>>, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedRow<VBuffer<byte>>>((row, input) => input.SetEncoded(row.Image));
}

/// <summary>Preprocesses images in memory.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Image)]
internal sealed class ImageMapping : CustomMappingFactory<SavedImageRow, NetworkInputRow>
{
    public override Action<SavedImageRow, NetworkInputRow> GetMapping()
    {
        _ = FixedSizeImages.EnsureSquares();
        return SavedMappings.Create<SavedImageRow>((row, input) => input.SetImage(row.Image));
    }
}

/// <summary>Preprocesses vectors of pixels.</summary>
[CustomMappingFactoryAttribute(SavedMappings.Pixels)]
internal sealed class PixelMapping : CustomMappingFactory<SavedRow<VBuffer<float>>, NetworkInputRow>
{
    public override Action<SavedRow<VBuffer<float>>, NetworkInputRow> GetMapping() =>
        SavedMappings.Create<SavedRow<VBuffer<float>>>((row, input) => input.SetPixels(row.Image, SavedPreprocessor.For(row).PixelFormat));
}
