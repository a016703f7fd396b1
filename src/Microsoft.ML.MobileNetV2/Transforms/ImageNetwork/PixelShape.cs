using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the order of pixels from the dimensions of a vector column.</summary>
internal static class PixelShape
{
    private const int Colors = 3;
    private const int ColorsAndAlpha = 4;

    /// <summary>Returns whether a vector can hold the pixels of an image of the network's size.</summary>
    internal static bool IsSuitable(VectorDataViewType type, ImageNetworkSettings settings) => type.Dimensions.Length == 1
        ? type.Size == 0 || type.Size == settings.PixelCount
        : LayoutOf(type) is not null && type.Size == settings.PixelCount && IsSquare(type);

    /// <summary>Returns whether a vector has the dimensions of an image, of whatever size, perhaps with alpha: then it holds no features.</summary>
    internal static bool IsImage(VectorDataViewType type) => type.Dimensions is [Colors or ColorsAndAlpha, _, _] or [_, _, Colors or ColorsAndAlpha];

    /// <summary>Returns the format of a column: its order follows from its dimensions where it has three.</summary>
    internal static PixelFormat FormatOf(DataViewType type, ImageNetworkSettings settings) => type is VectorDataViewType vector
        ? settings.PixelFormat with { Layout = LayoutOf(vector) ?? settings.PixelFormat.Layout }
        : settings.PixelFormat;

    internal static ArgumentOutOfRangeException Mismatch(VectorDataViewType type, ImageNetworkSettings settings)
    {
        int size = settings.Engine.Preprocessing.InputSize;
        string found = type.Dimensions.Length == 1 ? $"{type.Size}" : $"shape ({string.Join(", ", type.Dimensions)})";
        return new(
            nameof(type),
            $"Schema mismatch for input column '{settings.InputColumnName}': expected a vector of {settings.PixelCount} pixel values " +
            $"(red, green and blue, as ExtractPixels gives: shape (3, {size}, {size}), or ({size}, {size}, 3) interleaved), got {found}. " +
            "Resize the images to that size, or hand over images and leave the resizing to the featurizer.");
    }

    private static PixelLayout? LayoutOf(VectorDataViewType type) => type.Dimensions switch
    {
        [Colors, _, _] => PixelLayout.Planar,
        [_, _, Colors] => PixelLayout.Interleaved,
        _ => null,
    };

    private static bool IsSquare(VectorDataViewType type) =>
        LayoutOf(type) == PixelLayout.Planar ? type.Dimensions[1] == type.Dimensions[2] : type.Dimensions[0] == type.Dimensions[1];
}
