using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Names the forms in which a column can hold pictures. The names are stored in saved models.</summary>
internal enum PictureForm
{
    Path,
    Encoded,
    Image,
    Pixels,
}

/// <summary>Converts between forms and the types of columns.</summary>
internal static class PictureForms
{
    /// <summary>Returns the form that a column type stands for; null where it holds no pictures.</summary>
    internal static PictureForm? Of(DataViewType type) => type switch
    {
        TextDataViewType => PictureForm.Path,
        ImageDataViewType => PictureForm.Image,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Byte => PictureForm.Encoded,
        VectorDataViewType { ItemType: NumberDataViewType item } when item == NumberDataViewType.Single => PictureForm.Pixels,
        _ => null,
    };

    internal static DataViewType TypeOf(PictureForm form) => form switch
    {
        PictureForm.Path => TextDataViewType.Instance,
        PictureForm.Image => new ImageDataViewType(),
        PictureForm.Encoded => new VectorDataViewType(NumberDataViewType.Byte),
        _ => new VectorDataViewType(NumberDataViewType.Single),
    };
}
