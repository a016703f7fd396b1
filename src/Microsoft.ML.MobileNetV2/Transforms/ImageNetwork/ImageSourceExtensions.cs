using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Adds ML.NET's images to <see cref="ImageSource"/>.</summary>
[SuppressMessage("Design", "CA1034", Justification = "An extension block is no nested type; the rule does not know it yet.")]
public static class ImageSourceExtensions
{
    extension(ImageSource)
    {
        /// <summary>Creates a source from an image of ML.NET.</summary>
        /// <param name="image">
        /// An image of any size. It is not copied: the caller owns it, and must neither dispose nor change it before it is processed.
        /// </param>
        /// <returns>The source.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
        public static ImageSource FromImage(MLImage image) => ImageSource.FromPixels(new MLImagePixels(image));
    }
}
