using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the column of images in a schema, and reads it from a row.</summary>
internal static class ImageColumn
{
    private const string Expected = "image, text (a path), variable vector of Byte (an encoded image) or vector of Single (pixels)";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, ImageNetworkSettings settings)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(settings.InputColumnName) ?? throw Missing(settings.InputColumnName);
        return KindOf(column.Type) switch
        {
            ImageSourceKind.Pixels when column.Type is VectorDataViewType { Size: > 0 } vector && vector.Size != settings.PixelCount =>
                throw WrongSize(settings, vector.Size),
            null => throw Mismatch(settings.InputColumnName, column.Type),
            _ => column,
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static void Check(SchemaShape schema, ImageNetworkSettings settings)
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

    /// <summary>Returns a method that copies the current row's image into an input. Where there is no image, because the source fails, the input holds the error.</summary>
    internal static Action<ImageInput> CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        Action<ImageInput> read = CreateCopy(row, column);
        return input =>
        {
            try
            {
                read(input);
            }
            catch (Exception e)
            {
                input.SetFailure(e);
            }
        };
    }

    /// <summary>Returns the kind of image that a column of a type holds; null where it holds none.</summary>
    internal static ImageSourceKind? KindOf(DataViewType type) => type switch
    {
        TextDataViewType => ImageSourceKind.Path,
        ImageDataViewType => ImageSourceKind.Image,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Byte => ImageSourceKind.Encoded,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Single => ImageSourceKind.Pixels,
        _ => null,
    };

    /// <summary>Returns the type of a column for a kind of image.</summary>
    internal static DataViewType TypeOf(ImageSourceKind kind) => kind switch
    {
        ImageSourceKind.Path => TextDataViewType.Instance,
        ImageSourceKind.Image => new ImageDataViewType(),
        ImageSourceKind.Encoded => new VectorDataViewType(NumberDataViewType.Byte),
        _ => new VectorDataViewType(NumberDataViewType.Single),
    };

    private static bool IsPixelsOrBytes(DataViewType type) => type == NumberDataViewType.Byte || type == NumberDataViewType.Single;

    private static Action<ImageInput> CreateCopy(DataViewRow row, DataViewSchema.Column column) => KindOf(column.Type) switch
    {
        ImageSourceKind.Path => Copy(row.GetGetter<ReadOnlyMemory<char>>(column), static (input, path) => input.SetPath(path.ToString())),
        ImageSourceKind.Image => Copy(row.GetGetter<MLImage>(column), static (input, image) => input.CopyImage(image)),
        ImageSourceKind.Encoded => Copy(row.GetGetter<VBuffer<byte>>(column), static (input, encoded) => input.SetEncoded(encoded)),
        _ => Copy(row.GetGetter<VBuffer<float>>(column), static (input, pixels) => input.SetPixels(pixels)),
    };

    /// <remarks>The last value is handed to the source again, which gives a loader the chance to reuse or free it.</remarks>
    private static Action<ImageInput> Copy<T>(ValueGetter<T> getter, Action<ImageInput, T> copy)
    {
        T value = default!;
        return input =>
        {
            getter(ref value);
            copy(input, value);
        };
    }

    private static ArgumentOutOfRangeException Missing(string name) => new(nameof(name), $"Could not find input column '{name}'");

    private static ArgumentOutOfRangeException Mismatch(string name, object actual) =>
        new(nameof(name), $"Schema mismatch for input column '{name}': expected {Expected}, got {actual}");

    private static ArgumentOutOfRangeException WrongSize(ImageNetworkSettings settings, int actual) => new(
        nameof(settings),
        $"Schema mismatch for input column '{settings.InputColumnName}': expected a vector of {settings.PixelCount} pixel values " +
        $"(3 × {settings.Engine.Preprocessing.InputSize} × {settings.Engine.Preprocessing.InputSize}, red, green, blue planes, 0 to 255, as ExtractPixels gives), got {actual}. " +
        "Resize the images to that size, or hand over images and leave the resizing to the featurizer.");
}
