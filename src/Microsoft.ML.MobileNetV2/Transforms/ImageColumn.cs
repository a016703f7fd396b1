using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Knows the four forms in which a column can hold images, and reads them from a row.</summary>
internal static class ImageColumn
{
    private const string Expected = "image, text (a path), variable vector of Byte (an encoded image) or vector of Single (pixels)";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, FeaturizerSettings settings)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(settings.InputColumnName) ?? throw Missing(settings.InputColumnName);
        return ImageSourceKinds.Of(column.Type) switch
        {
            ImageSourceKind.Pixels when column.Type is VectorDataViewType { Size: > 0 } vector && vector.Size != settings.PixelCount =>
                throw WrongSize(settings, vector.Size),
            null => throw Mismatch(settings.InputColumnName, column.Type),
            _ => column,
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static void Check(SchemaShape schema, FeaturizerSettings settings)
    {
        SchemaShape.Column[] found = [.. schema.Where(candidate => candidate.Name == settings.InputColumnName)];
        SchemaShape.Column column = found.Length > 0 ? found[0] : throw Missing(settings.InputColumnName);
        bool isScalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        bool isImage = isScalar ? column.ItemType is ImageDataViewType or TextDataViewType : IsPixelsOrBytes(column.ItemType);
        if (!isImage || column.IsKey)
        {
            throw Mismatch(settings.InputColumnName, isScalar ? column.ItemType : $"{column.Kind} of {column.ItemType}");
        }
    }

    /// <summary>Returns a method that copies the present row's image into an input.</summary>
    internal static Action<ImageInput> CreateReader(DataViewRow row, DataViewSchema.Column column) => ImageSourceKinds.Of(column.Type) switch
    {
        ImageSourceKind.Path => ReadPath(row.GetGetter<ReadOnlyMemory<char>>(column)),
        ImageSourceKind.Image => ReadImage(row.GetGetter<MLImage>(column)),
        ImageSourceKind.Encoded => ReadEncoded(row.GetGetter<VBuffer<byte>>(column)),
        _ => ReadPixels(row.GetGetter<VBuffer<float>>(column)),
    };

    private static bool IsPixelsOrBytes(DataViewType type) => type == NumberDataViewType.Byte || type == NumberDataViewType.Single;

    private static Action<ImageInput> ReadPath(ValueGetter<ReadOnlyMemory<char>> getter)
    {
        ReadOnlyMemory<char> path = default;
        return input =>
        {
            getter(ref path);
            input.SetPath(path.ToString());
        };
    }

    private static Action<ImageInput> ReadImage(ValueGetter<MLImage> getter) => input => input.ReadImage(getter);

    private static Action<ImageInput> ReadEncoded(ValueGetter<VBuffer<byte>> getter)
    {
        VBuffer<byte> encoded = default;
        return input =>
        {
            getter(ref encoded);
            input.CopyEncoded(encoded);
        };
    }

    private static Action<ImageInput> ReadPixels(ValueGetter<VBuffer<float>> getter)
    {
        VBuffer<float> pixels = default;
        return input =>
        {
            getter(ref pixels);
            input.CopyPixels(pixels);
        };
    }

    private static ArgumentOutOfRangeException Missing(string name) => new(nameof(name), $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, object actual) =>
        new(nameof(name), $"Schema mismatch for input column '{name}': expected {Expected}, got {actual}");

    private static ArgumentOutOfRangeException WrongSize(FeaturizerSettings settings, int actual) => new(
        nameof(settings),
        $"Schema mismatch for input column '{settings.InputColumnName}': expected a vector of {settings.PixelCount} pixel values " +
        $"(3 × {settings.Engine.Preprocessing.InputSize} × {settings.Engine.Preprocessing.InputSize}, red, green, blue planes, 0 to 255, as ExtractPixels gives), got {actual}. " +
        "Resize the images to that size, or hand over images and leave the resizing to the featurizer.");
}
