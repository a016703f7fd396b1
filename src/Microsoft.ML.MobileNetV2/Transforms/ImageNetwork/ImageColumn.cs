using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the column of images in a schema, and reads it from a row.</summary>
internal static class ImageColumn
{
    private const string Role = "input";
    private const string Option = nameof(MobileNetV2FeaturizerOptions.InputColumnName);
    private const string Expected = "image, text (a path), variable vector of Byte (an encoded image) or vector of Single (pixels)";

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, ImageNetworkSettings settings)
    {
        DataViewSchema.Column column = ColumnSearch.Find(schema, settings.InputColumnName, Role, Option);
        return KindOf(column.Type) switch
        {
            ImageSourceKind.Pixels when !PixelShape.IsSuitable((VectorDataViewType)column.Type, settings) => throw PixelShape.Mismatch((VectorDataViewType)column.Type, settings),
            null => throw Mismatch(settings.InputColumnName, column.Type),
            _ => column,
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static void Check(SchemaShape schema, ImageNetworkSettings settings)
    {
        SchemaShape.Column column = ColumnSearch.Find(schema, settings.InputColumnName, Role, Option);
        bool isScalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
        bool isImage = isScalar ? column.ItemType is ImageDataViewType or TextDataViewType : IsPixelsOrBytes(column.ItemType);
        if (!isImage || column.IsKey)
        {
            throw Mismatch(settings.InputColumnName, isScalar ? column.ItemType : $"{column.Kind} of {column.ItemType}");
        }
    }

    /// <summary>Returns a method that copies the current row's image into an input. Where there is no image, because the source fails, the input holds the error.</summary>
    internal static Action<ImageInput> CreateReader(DataViewRow row, DataViewSchema.Column column, ImageNetworkSettings settings)
    {
        Action<ImageInput> read = CreateCopy(row, column, settings);
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

    private static Action<ImageInput> CreateCopy(DataViewRow row, DataViewSchema.Column column, ImageNetworkSettings settings) => KindOf(column.Type) switch
    {
        ImageSourceKind.Path => Copy(row.GetGetter<ReadOnlyMemory<char>>(column), static (input, path) => input.SetPath(path.ToString())),
        ImageSourceKind.Image => Copy(row.GetGetter<MLImage>(column), static (input, image) => input.CopyImage(image)),
        ImageSourceKind.Encoded => Copy(row.GetGetter<VBuffer<byte>>(column), static (input, encoded) => input.SetEncoded(encoded)),
        _ => CopyPixels(row.GetGetter<VBuffer<float>>(column), PixelShape.FormatOf(column.Type, settings)),
    };

    private static Action<ImageInput> CopyPixels(ValueGetter<VBuffer<float>> getter, PixelFormat format) =>
        Copy(getter, (input, pixels) => input.SetPixels(pixels, format));

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

    private static ArgumentOutOfRangeException Mismatch(string name, object actual) =>
        new(nameof(name), $"Schema mismatch for input column '{name}': expected {Expected}, got {actual}");
}
