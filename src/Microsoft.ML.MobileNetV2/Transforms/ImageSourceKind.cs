using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Names the forms in which a column can hold images. The names are stored in saved models.</summary>
internal enum ImageSourceKind
{
    Path,
    Encoded,
    Image,
    Pixels,
}

/// <summary>Converts between forms and the types of columns.</summary>
internal static class ImageSourceKinds
{
    /// <summary>Returns the form that a column type stands for; null where it holds no images.</summary>
    internal static ImageSourceKind? Of(DataViewType type) => type switch
    {
        TextDataViewType => ImageSourceKind.Path,
        ImageDataViewType => ImageSourceKind.Image,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Byte => ImageSourceKind.Encoded,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Single => ImageSourceKind.Pixels,
        _ => null,
    };

    internal static DataViewType TypeOf(ImageSourceKind form) => form switch
    {
        ImageSourceKind.Path => TextDataViewType.Instance,
        ImageSourceKind.Image => new ImageDataViewType(),
        ImageSourceKind.Encoded => new VectorDataViewType(NumberDataViewType.Byte),
        _ => new VectorDataViewType(NumberDataViewType.Single),
    };
}
