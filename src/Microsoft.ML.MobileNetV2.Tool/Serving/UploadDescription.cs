using Microsoft.OpenApi;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Describes the body of a request that brings an image. The framework cannot know it, since any type of content is accepted.</summary>
internal static class UploadDescription
{
    internal static void Add(OpenApiOperation operation)
    {
        OpenApiSchema file = new() { Type = JsonSchemaType.String, Format = "binary" };
        OpenApiSchema form = new() { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["image"] = file } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A JPEG, PNG, WebP, BMP or GIF file, or a form with one.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["image/*"] = new() { Schema = file },
                ["multipart/form-data"] = new() { Schema = form },
            },
        };
    }
}
