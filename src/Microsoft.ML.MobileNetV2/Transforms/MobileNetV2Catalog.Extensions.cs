using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.OnnxRuntime;
using Microsoft.ML.MobileNetV2.Transforms;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML;

/// <content>Adds to the types that predict what needs ML.NET or ONNX Runtime.</content>
[SuppressMessage("Naming", "CA1708", Justification = "Extension blocks have no names that could be alike.")]
[SuppressMessage("Design", "CA1034", Justification = "An extension block is no nested type; the rule does not know it yet.")]
public static partial class MobileNetV2Catalog
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

    extension(InferenceRuntime)
    {
        /// <summary>Creates a runtime that executes networks with ONNX Runtime, on the CPU or with an execution provider of the caller's choice.</summary>
        /// <param name="configureSession">
        /// A method that changes the options of a session, for example to append an execution provider for a GPU. It is called once for each network,
        /// before the first image. The default is null: the CPU, one thread for each image.
        /// </param>
        /// <returns>The runtime.</returns>
        public static InferenceRuntime OnnxRuntime(Action<SessionOptions>? configureSession = null) => new OnnxInferenceRuntime(configureSession);
    }
}
